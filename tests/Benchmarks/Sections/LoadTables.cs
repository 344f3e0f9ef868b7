using LoopBus.Benchmarks.Figures;
using LoopBus.Benchmarks.Loads;
using LoopBus.Benchmarks.Machine;
using LoopBus.Benchmarks.Reports;

namespace LoopBus.Benchmarks.Sections;

/// <summary>The tables that every load is shown in.</summary>
internal static class LoadTables
{
    private static readonly string[] Services = ["Coordinator", "Planner", "Executor", "Critic", "Approval"];
    private static readonly string[] Spenders = [.. Services, Meter.Database, Meter.Broker, Meter.Driver];

    public static Table Speed(string title, IEnumerable<LoadFigures> loads) => new(
        title,
        ["load", "in flight", "runs/s (least-most)", "steps/s", "p50 ms", "p95 ms", "p99 ms", "runs", "others use"],
        [.. loads.Select(load => Cells(
            load.Name, load.Concurrency, load.RunsPerSecond, Shown.Number(load.StepsPerSecond),
            Shown.Number(load.Latency.P50), Shown.Number(load.Latency.P95), Shown.Number(load.Latency.P99), load.Latency.Count, $"{load.PerRun.OthersSeconds / load.PerRun.MachineSeconds:0%}"))],
        "Others use: the share of the busy processors that went to programs that have nothing to do with this. Where it is much, the figures say little.");

    public static Table Cpu(IEnumerable<LoadFigures> loads) => new(
        "Processor, ms a run (the load itself is not in the sum)",
        ["load", "in flight", "sum", .. Spenders.Select(Short)],
        [.. loads.Select(load => Cells(
            [load.Name, load.Concurrency, Shown.Milliseconds(load.CpuSecondsPerRun), .. Spenders.Select(one => Shown.Milliseconds(load.PerRun.CpuSeconds.GetValueOrDefault(one)))]))]);

    public static Table Cost(IEnumerable<LoadFigures> loads) => new(
        "What a run costs",
        ["load", "in flight", "messages", "statements", "commits", "fsyncs", "WAL KiB", "a step: statements", "commits", "WAL KiB", "allocated KiB a message"],
        [.. loads.Select(load => Cells(
            load.Name, load.Concurrency, Shown.Number(load.PerRun.Messages), Shown.Number(load.PerRun.Statements),
            Shown.Number(load.PerRun.Commits), Shown.Number(load.PerRun.Syncs), Shown.Kilobytes(load.PerRun.WalBytes), Shown.Number(load.PerRun.Statements / load.Steps),
            Shown.Number(load.PerRun.Commits / load.Steps), Shown.Kilobytes(load.PerRun.WalBytes / load.Steps), Shown.Kilobytes(load.AllocatedPerMessage)))],
        "Messages are those that the services noted as read; what a run leaves for later (its deadlines) is in it, 5 s later. Statements count begin and commit. Fsyncs are of the WAL.");

    public static Table Memory(IEnumerable<LoadFigures> loads) => new(
        "Allocated KiB a run, and resident MiB at the end",
        ["load", "in flight", .. Services.Select(one => $"{Short(one)} KiB"), .. Services.Append(Meter.Database).Append(Meter.Broker).Select(one => $"{Short(one)} MiB")],
        [.. loads.Select(load => Cells(
        [
            load.Name, load.Concurrency,
            .. Services.Select(one => Shown.Kilobytes(load.PerRun.AllocatedBytes.GetValueOrDefault(one))),
            .. Services.Append(Meter.Database).Append(Meter.Broker).Select(one => Shown.Megabytes(load.Memory.GetValueOrDefault(one))),
        ]))]);

    public static string[] Cells(params object?[] cells) => [.. cells.Select(cell => $"{cell}")];

    private static string Short(string spender) => spender.ToLowerInvariant();
}
