using LoopBus.Benchmarks.Figures;
using LoopBus.Benchmarks.Floors;
using LoopBus.Benchmarks.Reports;

namespace LoopBus.Benchmarks.Sections;

/// <summary>What this machine's broker and database do without LoopBus: no run can be faster than what it is made of.</summary>
internal sealed class FloorsSection : ISection
{
    private static readonly int[] Concurrencies = [1, 16, 64];

    public string Name => "floors";

    public async Task<SectionReport> Measure(Bench bench)
    {
        foreach (var floor in new Func<IFloor>[]
        {
            () => new CommitFloor(bench.Database),
            () => new PublishFloor(bench.Installation.Connect),
            () => new RequestFloor(bench.Installation.Connect),
        })
        {
            foreach (var concurrency in Concurrencies)
            {
                await using var bare = floor();
                bench.Floors.Add(await Paced.Measure(bare.Name, await bare.Open(concurrency), 3, bench.Pace.FloorRound, bench.Time));
            }
        }

        var table = new Table(
            "Floors: what the machine does without LoopBus (fsync on, synchronous commit, quorum queues, persistent, confirmed)",
            ["floor", "at once", "per second (least-most)", "p50 ms", "p95 ms", "p99 ms"],
            [.. bench.Floors.Select(Row)]);
        return new SectionReport(Name, [table], [], bench.Floors);
    }

    private static string[] Row(Floor floor) =>
    [
        floor.Name, $"{floor.Concurrency}", $"{floor.PerSecond}",
        Shown.Number(floor.Latency.P50), Shown.Number(floor.Latency.P95), Shown.Number(floor.Latency.P99),
    ];
}
