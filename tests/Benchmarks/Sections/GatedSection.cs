using LoopBus.Benchmarks.Figures;
using LoopBus.Benchmarks.Loads;
using LoopBus.Benchmarks.Reports;

namespace LoopBus.Benchmarks.Sections;

/// <summary>Runs of one step that a person must accept: what the gate costs, the person's web pages included.</summary>
internal sealed class GatedSection : ISection
{
    public string Name => "gated";

    public async Task<SectionReport> Measure(Bench bench)
    {
        using var approver = await Approver.SignIn(bench.Installation, bench.Time);
        var loads = new List<LoadFigures>();
        foreach (var concurrency in new[] { 1, 16 })
            loads.Add(await LoadMeasure.Measure(bench, "one gated step", LoadKind.Gated, concurrency, meanwhile: approver.Accept));
        var phases = await Phases(bench, approver);

        return new SectionReport(
            Name,
            [
                LoadTables.Speed("Runs of one step that a person accepts at once in the web form (inbox, form, answer)", loads),
                new Table(
                    "One after the other: where the time goes",
                    ["from trigger until", "p50 ms", "p95 ms"],
                    [.. phases.Select(phase => LoadTables.Cells(phase.Name, Shown.Number(phase.Times.P50), Shown.Number(phase.Times.P95)))],
                    "The inbox is looked at every 100 ms."),
                LoadTables.Cpu(loads), LoadTables.Cost(loads),
            ],
            [],
            new { loads, phases = phases.ToDictionary(phase => phase.Name, phase => phase.Times) });
    }

    private static async Task<IReadOnlyList<(string Name, Percentiles Times)>> Phases(Bench bench, Approver approver)
    {
        const int Runs = 20;
        await using var load = await Load.Open(bench.Installation, bench.Time);
        var asked = new List<TimeSpan>();
        var accepted = new List<TimeSpan>();
        var ended = new List<TimeSpan>();
        for (var run = 0; run < Runs; run++)
        {
            var began = bench.Time.GetTimestamp();
            await load.Run(LoadKind.Gated.Loop, LoadKind.Gated.Input, async task =>
            {
                await approver.Find(task);
                asked.Add(bench.Time.GetElapsedTime(began));
                await approver.Accept(task);
                accepted.Add(bench.Time.GetElapsedTime(began));
            });
            ended.Add(bench.Time.GetElapsedTime(began));
        }

        return [("the question is in the inbox", Percentiles.Of(asked)), ("the answer is taken", Percentiles.Of(accepted)), ("the outcome is told", Percentiles.Of(ended))];
    }
}
