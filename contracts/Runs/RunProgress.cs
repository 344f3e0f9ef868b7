namespace LoopBus.Contracts.Runs;

/// <summary>Anyone follows a run (subscribe); the coordinator tells of each change (inform) until its end or a cancel.</summary>
public sealed record RunProgress(
    string TaskId,
    string? Status = null,
    string? Step = null,
    DateTimeOffset? At = null);
