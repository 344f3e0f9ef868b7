using System.Text.Json.Serialization;

namespace LoopBus.Contracts.Approval;

/// <summary>The coordinator proposes to go on with a run that is stuck (propose): accepted, it tries again; rejected, it gives up.</summary>
/// <param name="Packet">What helps to decide; of a run that a model plans.</param>
/// <param name="Intervention">In an acceptance: what the run gets to go on with.</param>
public sealed record Escalation(
    string TaskId,
    string? StepId,
    string Loop,
    string Kind,
    string Question,
    string Detail,
    DateTimeOffset ExpiresAt,
    IReadOnlyList<TrailEntry> Trail,
    IReadOnlyList<Decision>? Decisions = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Packet? Packet = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Intervention? Intervention = null);
