namespace LoopBus.Benchmarks.Loads;

/// <summary>When a run ended, as a timestamp, and how long it took.</summary>
internal sealed record EndedRun(long At, TimeSpan Length);
