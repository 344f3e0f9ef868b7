namespace LoopBus.Coordinator.Overload;

/// <summary>
/// How long messages stand in the coordinator's queue: the shortest time that one of the last few has waited since it was said. That of a single late one
/// says nothing, that of all of them does (Controlled Delay, RFC 8289). Every copy reads the same queue, so each sees it.
/// </summary>
internal sealed class QueueLag(TimeProvider time)
{
    // After a pause the last messages tell nothing any more.
    private static readonly TimeSpan Lasts = TimeSpan.FromSeconds(10);

    private readonly Lock gate = new();
    private readonly TimeSpan[] last = new TimeSpan[8];
    private long seen;
    private long seenAt;

    public TimeSpan Now
    {
        get
        {
            lock (gate)
                return seen < last.Length || time.GetElapsedTime(seenAt) > Lasts ? TimeSpan.Zero : last.Min();
        }
    }

    public void Waited(TimeSpan age)
    {
        lock (gate)
        {
            last[seen++ % last.Length] = age;
            seenAt = time.GetTimestamp();
        }
    }
}
