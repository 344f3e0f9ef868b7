using System.Text.Json;

namespace LoopBus.Contracts.Runs;

/// <summary>Anyone asks the coordinator to run a loop (request), and the coordinator answers agree, refuse, not-understood, failure; anyone cancels it (cancel). ReplyTo is an AMQP queue that gets the answers as plain JSON.</summary>
public sealed record RunLoop(
    string TaskId,
    string TaskType,
    JsonElement? Input,
    string? TriggeredBy = null,
    DateTimeOffset? TriggeredAt = null,
    int? MaxIterations = null,
    int? Priority = null,
    string? Parent = null,
    string? ReplyTo = null,
    string? ReplyCorrelationId = null);
