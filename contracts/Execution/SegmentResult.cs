namespace LoopBus.Contracts.Execution;

/// <summary>The executor tells the coordinator how far a segment came (inform): a report for each step that was begun; only the last may have not succeeded.</summary>
public sealed record SegmentResult(string TaskId, string FirstStepId, IReadOnlyList<StepReport> Steps);
