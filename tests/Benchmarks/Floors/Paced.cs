using System.Collections.Concurrent;
using LoopBus.Benchmarks.Figures;

namespace LoopBus.Benchmarks.Floors;

/// <summary>Does one thing over and over on so many workers at once, round after round, the first round being a warm-up that does not count.</summary>
internal static class Paced
{
    public static async Task<Floor> Measure(string name, IReadOnlyList<Func<Task>> workers, int rounds, TimeSpan length, TimeProvider time)
    {
        var latencies = new ConcurrentBag<TimeSpan>();
        var rates = new List<double>();
        for (var round = 0; round <= rounds; round++)
        {
            var counts = round > 0;
            var began = time.GetTimestamp();
            var done = await Task.WhenAll(workers.Select(worker => Task.Run(() => Repeat(worker, began, counts ? latencies : null))));
            if (counts)
                rates.Add(done.Sum() / time.GetElapsedTime(began).TotalSeconds);
        }

        return new Floor(name, workers.Count, Spread.Of(rates), Percentiles.Of(latencies));

        async Task<int> Repeat(Func<Task> once, long began, ConcurrentBag<TimeSpan>? into)
        {
            var done = 0;
            for (; time.GetElapsedTime(began) < length; done++)
            {
                var start = time.GetTimestamp();
                await once();
                into?.Add(time.GetElapsedTime(start));
            }

            return done;
        }
    }
}
