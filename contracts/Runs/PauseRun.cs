namespace LoopBus.Contracts.Runs;

/// <summary>An operator asks the coordinator to start nothing new in a run (request).</summary>
public sealed record PauseRun(string TaskId, string By, string? Why = null);
