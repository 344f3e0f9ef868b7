using LoopBus.Benchmarks.Figures;
using LoopBus.Benchmarks.Loads;
using LoopBus.Benchmarks.Reports;

namespace LoopBus.Benchmarks.Sections;

/// <summary>Runs of one step over many items, 64 of them at once: every answer meets the same run.</summary>
internal sealed class FanoutSection : ISection
{
    public string Name => "fanout";

    public async Task<SectionReport> Measure(Bench bench)
    {
        var loads = new List<LoadFigures>();
        foreach (var items in new[] { 10, 100 })
            loads.Add(await LoadMeasure.Measure(bench, $"fan of {items}", LoadKind.FanOf(items), 1));

        return new SectionReport(
            Name,
            [
                LoadTables.Speed("Runs of one step over many items, 64 at once, one run at a time", loads),
                new Table(
                    "An item of it",
                    ["load", "items/s", "processor ms", "messages", "statements", "WAL KiB"],
                    [.. loads.Select(load => LoadTables.Cells(
                        load.Name, Shown.Number(load.StepsPerSecond), Shown.Milliseconds(load.CpuSecondsPerRun / load.Steps), Shown.Number(load.PerRun.Messages / load.Steps),
                        Shown.Number(load.PerRun.Statements / load.Steps), Shown.Kilobytes(load.PerRun.WalBytes / load.Steps)))],
                    "Where an item of a large fan costs more than one of a small fan, the run's row is the reason: it holds all of its steps."),
                LoadTables.Cpu(loads), LoadTables.Cost(loads),
            ],
            [],
            loads);
    }
}
