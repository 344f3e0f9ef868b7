namespace LoopBus.Coordinator.Runs;

/// <summary>What a planner wanted with an action, and how sure it was, from 0 to 1.</summary>
internal sealed record Intent(string? Subgoal, double? Confidence);
