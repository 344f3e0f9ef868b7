namespace LoopBus.Persistence;

/// <summary>What waits in a service's outbox although it should have gone out.</summary>
public interface IOutboxBacklog
{
    /// <summary>How many messages have been due for longer than <paramref name="than"/>; at most <paramref name="most"/> are counted.</summary>
    Task<int> Late(TimeSpan than, int most, CancellationToken cancellationToken);
}
