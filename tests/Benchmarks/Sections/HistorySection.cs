using LoopBus.Benchmarks.Figures;
using LoopBus.Benchmarks.Loads;
using LoopBus.Benchmarks.Reports;
using LoopBus.Benchmarks.Seeds;

namespace LoopBus.Benchmarks.Sections;

/// <summary>Whether a long past makes the present slow: runs, and the API, before and after a million rows of history.</summary>
internal sealed class HistorySection : ISection
{
    private const int Real = 100;
    private const long Wanted = 1_000_000;

    public string Name => "history";

    public async Task<SectionReport> Measure(Bench bench)
    {
        var rows = new Rows(bench.Database);
        var states = new List<(string Rows, IReadOnlyList<LoadFigures> Loads, IReadOnlyList<(string Path, Percentiles Times)> Api)> { await Measure(bench, rows) };
        var seed = await Seed.Plant(bench, LoadKind.FiveSteps, Real, "coordinator.run", "ended_at is not null");
        var before = await rows.Count("coordinator.run_history");
        await seed.Copy(Math.Max(1, (Wanted - before) / await seed.Count("coordinator.run_history")));
        states.Add(await Measure(bench, rows));

        LoadFigures[] loads = [.. states.SelectMany(state => state.Loads)];
        return new SectionReport(
            Name,
            [
                LoadTables.Speed("Runs of five steps, by rows of history", loads), LoadTables.Cpu(loads),
                new Table(
                    "The API, p50 ms",
                    ["rows of history", .. states[0].Api.Select(api => api.Path)],
                    [.. states.Select(state => LoadTables.Cells([state.Rows, .. state.Api.Select(api => Shown.Number(api.Times.P50))]))]),
            ],
            [],
            states.Select(state => new { state.Rows, state.Loads, Api = state.Api.ToDictionary(api => api.Path, api => api.Times) }));
    }

    private static async Task<(string, IReadOnlyList<LoadFigures>, IReadOnlyList<(string, Percentiles)>)> Measure(Bench bench, Rows rows)
    {
        var count = $"{await rows.Count("coordinator.run_history"):#,0} rows";
        var loads = new List<LoadFigures>();
        foreach (var concurrency in new[] { 1, 16 })
            loads.Add(await LoadMeasure.Measure(bench, count, LoadKind.FiveSteps, concurrency, Pace.Brief));

        await using var one = await Load.Open(bench.Installation, bench.Time);
        await one.Run(LoadKind.FiveSteps.Loop, LoadKind.FiveSteps.Input);
        return (count, loads, [("/runs", await Asked(bench, "runs")), ("/runs/{taskId}", await Asked(bench, $"runs/{one.LastTask}")), ("/runs/{taskId}/history", await Asked(bench, $"runs/{one.LastTask}/history"))]);
    }

    private static async Task<Percentiles> Asked(Bench bench, string path)
    {
        var times = new List<TimeSpan>();
        for (var time = 0; time < 20; time++)
        {
            var began = bench.Time.GetTimestamp();
            using var answer = await bench.Installation.Api.GetAsync(new Uri(path, UriKind.Relative));
            answer.EnsureSuccessStatusCode();
            times.Add(bench.Time.GetElapsedTime(began));
        }

        return Percentiles.Of(times);
    }
}
