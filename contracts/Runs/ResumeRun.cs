namespace LoopBus.Contracts.Runs;

/// <summary>An operator asks the coordinator to go on with a paused run (request).</summary>
/// <param name="TaskId">The run.</param>
/// <param name="By">Who asks.</param>
/// <param name="Why">The reason, for the run's notes.</param>
/// <param name="At">When it was asked, by a clock that all who ask share: of two that pass each other on the way the later counts. Without it, what comes last.</param>
public sealed record ResumeRun(string TaskId, string By, string? Why = null, DateTimeOffset? At = null);
