using System.Data.Common;
using LoopBus.Persistence.Database;

namespace LoopBus.Persistence.Sagas;

/// <summary>
/// Lets processes wait for each other at a saga that they contend for. A saga that no other process writes costs no lock: the first race that a message loses
/// for it marks it, and while the mark lasts its messages lock its row before they read it. So they win, and another process, which knows nothing of it yet,
/// loses once and has its mark too. The lock is a help and no guard: who does not get it goes without, and the version tells who was first.
/// </summary>
internal sealed class SagaLocks(IDialect dialect, PersistenceMetrics metrics, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan MarkLasts = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    // Each has a connection until its message is committed: what commits the others must find some left.
    private const int Most = 10;

    private readonly SemaphoreSlim free = new(Most);
    private readonly Lock gate = new();
    private readonly Dictionary<Guid, long> marked = [];

    /// <summary>A message has lost a race for this saga: others write it too.</summary>
    public void Mark(Guid saga)
    {
        lock (gate)
        {
            foreach (var old in marked.Where(mark => time.GetElapsedTime(mark.Value) >= MarkLasts).Select(mark => mark.Key).ToArray())
                marked.Remove(old);
            marked[saga] = time.GetTimestamp();
        }
    }

    /// <summary>The lock, by this statement, where the saga is contended for and the lock comes in time.</summary>
    public async Task<HeldLock?> TakeIfMarked(Guid saga, string sql, CancellationToken cancellationToken)
    {
        if (!IsMarked(saga) || !await free.WaitAsync(Patience, cancellationToken))
            return null;
        var held = new HeldLock(dialect.DataSource.CreateConnection(), free);
        try
        {
            await held.Begin(sql, saga, cancellationToken);
            metrics.SagaLocked();
            return held;
        }
        catch (DbException exception) when (dialect.IsRefused(exception))
        {
            await held.DisposeAsync();
            return null;
        }
        catch
        {
            await held.DisposeAsync();
            throw;
        }
    }

    public void Dispose() => free.Dispose();

    private bool IsMarked(Guid saga)
    {
        lock (gate)
        {
            if (!marked.TryGetValue(saga, out var since) || time.GetElapsedTime(since) >= MarkLasts)
                return false;
            // As long as messages come for it: to learn it anew would cost a race.
            marked[saga] = time.GetTimestamp();
            return true;
        }
    }
}
