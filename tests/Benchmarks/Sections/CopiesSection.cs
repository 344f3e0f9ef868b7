using LoopBus.Benchmarks.Figures;
using LoopBus.Benchmarks.Loads;
using LoopBus.Benchmarks.Reports;

namespace LoopBus.Benchmarks.Sections;

/// <summary>The same load on one, two and four copies of each service. On a machine whose processors are busy with one, more copies can only cost.</summary>
internal sealed class CopiesSection : ISection
{
    private const int Concurrency = 64;
    private static readonly TimeSpan LongestWarmUp = TimeSpan.FromSeconds(25);

    public string Name => "copies";

    public async Task<SectionReport> Measure(Bench bench)
    {
        var first = bench.Installation.Services.ToArray();
        var loads = new List<(int Copies, LoadFigures Load)>();
        foreach (var copies in new[] { 1, 2, 4 })
        {
            foreach (var service in first)
            {
                for (var copy = bench.Installation.Services.Count(one => one.Service == service.Service); copy < copies; copy++)
                    bench.Installation.Add(service.Service).Start();
            }

            await bench.Installation.UntilReady();
            if (copies > 1)
                await WarmUp.Within(LongestWarmUp, bench);
            loads.Add((copies, await LoadMeasure.Measure(bench, $"{copies} of each", LoadKind.FiveSteps, Concurrency, Pace.Brief)));
        }

        foreach (var more in bench.Installation.Services.Except(first).ToArray())
            bench.Installation.Remove(more);

        var figures = loads.Select(one => one.Load).ToArray();
        return new SectionReport(
            Name,
            [LoadTables.Speed($"Copies of each service, on {Environment.ProcessorCount} processors", figures), LoadTables.Cpu(figures), LoadTables.Memory(figures)],
            [new Chart("Throughput by copies of each service", "copies", "runs/s", [new Curve("runs/s", [.. loads.Select(one => ((double)one.Copies, one.Load.RunsPerSecond.Median))])])],
            figures);
    }
}
