namespace LoopBus.Contracts.Approval;

/// <summary>The coordinator proposes to go on with a run that is stuck (propose): accepted, it tries again; rejected, it gives up.</summary>
public sealed record Escalation(
    string TaskId,
    string? StepId,
    string Loop,
    string Kind,
    string Question,
    string Detail,
    DateTimeOffset ExpiresAt,
    IReadOnlyList<TrailEntry> Trail,
    IReadOnlyList<Decision>? Decisions = null);
