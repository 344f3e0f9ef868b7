using LoopBus.Contracts.Planning;

namespace LoopBus.Loops;

/// <summary>The wait before another attempt: full jitter (Exponential Backoff And Jitter, AWS Architecture Blog, 2015).</summary>
public static class Backoff
{
    /// <param name="retry">The bounds, in seconds.</param>
    /// <param name="attempt">The attempt that failed, from 1.</param>
    /// <param name="random01">A random number in [0, 1), from outside.</param>
    /// <returns>A time in [0, min(maxDelay, delay * 2^(attempt - 1))].</returns>
    public static TimeSpan FullJitter(StepRetry retry, int attempt, double random01)
    {
        var ceiling = Math.Min(retry.MaxDelaySeconds, retry.DelaySeconds * Math.Pow(2, Math.Max(0, attempt - 1)));
        var share = double.IsNaN(random01) ? 1 : Math.Clamp(random01, 0, 1);

        return TimeSpan.FromSeconds(Math.Max(0, ceiling) * share);
    }
}
