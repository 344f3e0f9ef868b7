namespace LoopBus.Hosting;

/// <summary>
/// What a process may try again, over all runs: a share of its calls, and a few a second whatever it calls. So retries can not multiply the load
/// that made them necessary (Google, Site Reliability Engineering, chapter 22: retry budgets).
/// </summary>
public sealed class RetryBudget(double share, double perSecond, TimeProvider time)
{
    // What was not used for ten seconds is lost: a storm after a calm is bounded too.
    private const double Seconds = 10;

    private readonly Lock gate = new();
    private double left = perSecond * Seconds;
    private double earned;
    private long filledAt = time.GetTimestamp();

    /// <summary>A call was made, for the first time or again.</summary>
    public void Called()
    {
        lock (gate)
        {
            Fill();
            earned = Math.Min(earned + share, 100 + (perSecond * Seconds));
        }
    }

    /// <summary>Whether one more call may be made again now; where so, it is spent.</summary>
    public bool TrySpend()
    {
        lock (gate)
        {
            Fill();
            if (earned >= 1)
                earned--;
            else if (left >= 1)
                left--;
            else
                return false;
            return true;
        }
    }

    private void Fill()
    {
        var now = time.GetTimestamp();
        left = Math.Min(left + (perSecond * time.GetElapsedTime(filledAt, now).TotalSeconds), perSecond * Seconds);
        filledAt = now;
    }
}
