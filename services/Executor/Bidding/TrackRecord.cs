using System.Collections.Concurrent;

namespace LoopBus.Executor.Bidding;

/// <summary>What this process's last calls of each tool brought, and how many run now: what its bids are made of.</summary>
internal sealed class TrackRecord(TimeProvider time)
{
    private const int Remembered = 100;

    private readonly ConcurrentDictionary<string, Queue<(bool Succeeded, double Seconds)>> calls = new(StringComparer.Ordinal);
    private int running;

    public int Running => Volatile.Read(ref running);

    /// <summary>Counts a call from its beginning to its end.</summary>
    public async Task<T> Follow<T>(string tool, Func<Task<T>> call, Func<T, bool> succeeded)
    {
        var began = time.GetTimestamp();
        var success = false;
        Interlocked.Increment(ref running);
        try
        {
            var result = await call();
            success = succeeded(result);

            return result;
        }
        finally
        {
            Interlocked.Decrement(ref running);
            Add(tool, success, time.GetElapsedTime(began).TotalSeconds);
        }
    }

    /// <returns>The chance that a call succeeds, by Laplace's rule of succession, and how long it takes on average; null where there was none.</returns>
    public (double Confidence, double? Seconds) Of(string tool)
    {
        if (!calls.TryGetValue(tool, out var last))
            return (0.5, null);
        lock (last)
            return last.Count == 0 ? (0.5, null) : ((last.Count(call => call.Succeeded) + 1d) / (last.Count + 2), last.Average(call => call.Seconds));
    }

    private void Add(string tool, bool succeeded, double seconds)
    {
        var last = calls.GetOrAdd(tool, _ => new Queue<(bool, double)>());
        lock (last)
        {
            last.Enqueue((succeeded, seconds));
            if (last.Count > Remembered)
                last.Dequeue();
        }
    }
}
