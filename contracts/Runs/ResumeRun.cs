namespace LoopBus.Contracts.Runs;

/// <summary>An operator asks the coordinator to go on with a paused run (request).</summary>
public sealed record ResumeRun(string TaskId, string By, string? Why = null);
