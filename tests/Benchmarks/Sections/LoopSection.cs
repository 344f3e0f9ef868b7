using LoopBus.Benchmarks.Figures;
using LoopBus.Benchmarks.Loads;
using LoopBus.Benchmarks.Machine;
using LoopBus.Benchmarks.Reports;

namespace LoopBus.Benchmarks.Sections;

/// <summary>Runs of five steps, one after the other, each with an effect that does nothing.</summary>
internal sealed class LoopSection : ISection
{
    public string Name => "loop";

    public async Task<SectionReport> Measure(Bench bench)
    {
        var loads = new List<LoadFigures>();
        var statements = await StatementCount.Take(bench.Database);
        foreach (var concurrency in bench.Pace.Concurrencies)
            loads.Add(await LoadMeasure.Measure(bench, "five steps", LoadKind.FiveSteps, concurrency));
        bench.Loads.AddRange(loads);
        var profile = await StatementCount.Since(bench.Database, statements);

        return new SectionReport(
            Name,
            [LoadTables.Speed("Runs of five steps, one after the other", loads), Ratios(bench, loads), LoadTables.Cpu(loads), LoadTables.Cost(loads), LoadTables.Memory(loads), Profile(profile)],
            [
                new Chart("Throughput", "runs in flight", "runs/s", [Line("runs/s", load => load.RunsPerSecond.Median)]),
                new Chart("Latency of a run", "runs in flight", "ms", [Line("p50", load => load.Latency.P50), Line("p95", load => load.Latency.P95), Line("p99", load => load.Latency.P99)]),
                new Chart(
                    "Processor", "runs in flight", "ms a run",
                    [Line("sum", load => load.CpuSecondsPerRun * 1000), .. new[] { "Coordinator", "Executor", Meter.Database, Meter.Broker }.Select(one => Line(one.ToLowerInvariant(), load => load.PerRun.CpuSeconds[one] * 1000))]),
            ],
            new { loads, statements = profile });

        Curve Line(string name, Func<LoadFigures, double> figure) => new(name, [.. loads.Select(load => ((double)load.Concurrency, figure(load)))]);
    }

    private static Table Ratios(Bench bench, IEnumerable<LoadFigures> loads) => new(
        "Against the floors, at as many at once (64 at most)",
        ["load", "in flight", "steps/s of request-replies/s", "commits/s of the floor's", "messages/s of publishes/s", "processors busy"],
        [.. loads.Select(load => LoadTables.Cells(
            load.Name, load.Concurrency,
            Share(load.StepsPerSecond, bench.FloorOf("quorum request and reply", load.Concurrency)),
            Share(load.RunsPerSecond.Median * load.PerRun.Commits, bench.FloorOf("commits of one row", load.Concurrency)),
            Share(load.RunsPerSecond.Median * load.PerRun.Messages, bench.FloorOf("quorum publishes, confirmed", load.Concurrency)),
            Shown.Number(load.RunsPerSecond.Median * load.CpuSecondsPerRun)))]);

    private static Table Profile(IReadOnlyList<StatementCount> statements) => new(
        "The statements that took the database longest, over all loads of this section",
        ["statement", "calls", "ms in all", "ms a call"],
        [.. statements.Take(20).Select(statement => LoadTables.Cells(
            statement.Text[..Math.Min(100, statement.Text.Length)], $"{statement.Calls:#,0}", $"{statement.Milliseconds:#,0}", Shown.Number(statement.Milliseconds / statement.Calls)))]);

    private static string Share(double figure, double? floor) => floor is { } known ? $"{figure:#,0} / {known:#,0} = {figure / known:0.0%}" : "-";
}
