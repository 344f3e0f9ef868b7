namespace LoopBus.Contracts.Runs;

/// <summary>Anyone asks the coordinator how a run stands (query-ref); the coordinator tells (inform).</summary>
public sealed record RunStatus(
    string TaskId,
    string? Loop = null,
    string? Version = null,
    string? Status = null,
    string? Reason = null,
    int Iteration = 0,
    int Errors = 0,
    DateTimeOffset? StartedAt = null,
    DateTimeOffset? EndedAt = null);
