namespace LoopBus.Benchmarks.Machine;

/// <summary>What the machine did in a stretch of time; divided by the runs in it, what one of them cost.</summary>
internal sealed record Usage(
    double Seconds,
    IReadOnlyDictionary<string, double> CpuSeconds,
    IReadOnlyDictionary<string, double> AllocatedBytes,
    double MachineSeconds,
    double StolenSeconds,
    double WalBytes,
    double Commits,
    double Syncs,
    double Statements,
    double Messages)
{
    public double CpuTotal => CpuSeconds.Where(one => one.Key != Meter.Driver).Sum(one => one.Value);

    /// <summary>Processor that went to programs that have nothing to do with LoopBus: where it is much, the figures say little.</summary>
    public double OthersSeconds => Math.Max(0, MachineSeconds - CpuSeconds.Values.Sum());

    public static Usage operator +(Usage one, Usage two) => new(
        one.Seconds + two.Seconds,
        Added(one.CpuSeconds, two.CpuSeconds),
        Added(one.AllocatedBytes, two.AllocatedBytes),
        one.MachineSeconds + two.MachineSeconds,
        one.StolenSeconds + two.StolenSeconds,
        one.WalBytes + two.WalBytes,
        one.Commits + two.Commits,
        one.Syncs + two.Syncs,
        one.Statements + two.Statements,
        one.Messages + two.Messages);

    public static Usage operator /(Usage usage, double count) => new(
        usage.Seconds / count,
        usage.CpuSeconds.ToDictionary(one => one.Key, one => one.Value / count),
        usage.AllocatedBytes.ToDictionary(one => one.Key, one => one.Value / count),
        usage.MachineSeconds / count,
        usage.StolenSeconds / count,
        usage.WalBytes / count,
        usage.Commits / count,
        usage.Syncs / count,
        usage.Statements / count,
        usage.Messages / count);

    private static Dictionary<string, double> Added(IReadOnlyDictionary<string, double> one, IReadOnlyDictionary<string, double> two) =>
        one.Keys.Union(two.Keys).ToDictionary(key => key, key => one.GetValueOrDefault(key) + two.GetValueOrDefault(key));
}
