using System.Text.Json;
using System.Text.Json.Serialization;

namespace LoopBus.Contracts.Runs;

/// <summary>Anyone asks the coordinator to run a loop (request), and the coordinator answers agree, refuse, not-understood, failure; anyone cancels it (cancel). ReplyTo is an AMQP queue that gets the answers as plain JSON.</summary>
/// <param name="Tenant">For whom it is run, where several share the system: their runs have a day's budget together. Upper and lower case are the same.</param>
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
    string? ReplyCorrelationId = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Tenant = null);
