using LoopBus.Benchmarks.Figures;

namespace LoopBus.Benchmarks.Floors;

/// <summary>How fast this machine does one bare thing, with so many under way at once.</summary>
internal sealed record Floor(string Name, int Concurrency, Spread PerSecond, Percentiles Latency);
