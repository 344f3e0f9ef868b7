using LoopBus.Benchmarks.Figures;
using LoopBus.Benchmarks.Machine;

namespace LoopBus.Benchmarks.Loads;

/// <summary>Measures a load in short rounds while it keeps going.</summary>
internal static class LoadMeasure
{
    public static async Task<LoadFigures> Measure(Bench bench, string name, LoadKind kind, int concurrency, Func<string, Task>? meanwhile = null)
    {
        var messages = bench.Messages ??= await bench.Meter.Messages();
        await using var load = await Load.Open(bench.Installation, bench.Time);
        load.Start(kind.Loop, kind.Input, concurrency, meanwhile);
        await load.For(bench.Pace.WarmUp);

        var rates = new List<double>();
        var latencies = new List<TimeSpan>();
        var usage = new List<Usage>();
        var before = await bench.Meter.Read();
        for (var round = 0; round < bench.Pace.Rounds; round++)
        {
            await load.For(bench.Pace.Round);
            var after = await bench.Meter.Read();
            var runs = load.Between(before.Timestamp, after.Timestamp);
            var used = after - before;
            rates.Add(runs.Count / used.Seconds);
            latencies.AddRange(runs);
            usage.Add(used);
            before = after;
        }

        var memory = bench.Meter.Memory();
        await load.Stop();
        if (latencies.Count == 0)
            throw new InvalidOperationException($"No run of {name} ended within {bench.Pace.Rounds * bench.Pace.Round.TotalSeconds:0} s: there is nothing to measure.");
        bench.Messages = await bench.Meter.Messages();
        return new LoadFigures(
            name, concurrency, kind.Steps, Spread.Of(rates), Percentiles.Of(latencies),
            usage.Aggregate((one, two) => one + two) / latencies.Count, (bench.Messages - messages) / load.Ended, memory);
    }
}
