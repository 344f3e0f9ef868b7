using System.Text.Json;

namespace LoopBus.Contracts.Runs;

/// <summary>The coordinator tells the world how a run ended (inform).</summary>
public sealed record RunOutcome(
    string TaskId,
    string Loop,
    string Version,
    string Status,
    string? Reason,
    JsonElement? Result,
    int Iteration,
    DateTimeOffset StartedAt,
    DateTimeOffset EndedAt);
