using LoopBus.Benchmarks.Figures;
using LoopBus.Benchmarks.Machine;

namespace LoopBus.Benchmarks.Loads;

/// <summary>Measures a load in short rounds while it keeps going.</summary>
internal static class LoadMeasure
{
    public static async Task<LoadFigures> Measure(Bench bench, string name, LoadKind kind, int concurrency, Pace? otherPace = null, Func<string, Task>? meanwhile = null)
    {
        var pace = otherPace ?? bench.Pace;
        await using var load = await Load.Open(bench.Installation, bench.Time);
        load.Start(kind.Loop, kind.Input, concurrency, meanwhile);
        await load.For(pace.WarmUp);

        var rates = new List<double>();
        var latencies = new List<TimeSpan>();
        var usage = new List<Usage>();
        var before = await bench.Meter.Read();
        for (var round = 0; round < pace.Rounds; round++)
        {
            await load.For(pace.Round);
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
            throw new InvalidOperationException($"No run of {name} ended within {pace.Rounds * pace.Round.TotalSeconds:0} s: there is nothing to measure.");
        var sum = usage.Aggregate((one, two) => one + two);
        return new LoadFigures(name, concurrency, kind.Steps, Spread.Of(rates), Percentiles.Of(latencies), sum / latencies.Count, memory);
    }
}
