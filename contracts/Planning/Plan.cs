namespace LoopBus.Contracts.Planning;

/// <summary>The planner proposes a plan to the coordinator (propose), which accepts it or rejects it with reasons.</summary>
public sealed record Plan(
    string TaskId,
    int Attempt,
    IReadOnlyList<PlannedStep> Steps);
