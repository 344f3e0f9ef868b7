using LoopBus.Benchmarks.Figures;
using LoopBus.Benchmarks.Machine;

namespace LoopBus.Benchmarks.Loads;

/// <summary>What a load of one kind of run gave and cost.</summary>
internal sealed record LoadFigures(
    string Name,
    int Concurrency,
    int Steps,
    Spread RunsPerSecond,
    Percentiles Latency,
    Usage PerRun,
    IReadOnlyDictionary<string, long> Memory)
{
    public double StepsPerSecond => RunsPerSecond.Median * Steps;

    public double CpuSecondsPerRun => PerRun.CpuTotal;

    public double AllocatedPerMessage => PerRun.AllocatedBytes.Sum(one => one.Value) / PerRun.Messages;
}
