namespace LoopBus.Persistence.Rows;

/// <summary>
/// Handles what comes at once while nothing is under way; what comes meanwhile gathers, and goes together as soon as that is done. No timer: alone nothing
/// waits, and under load groups grow as large as the last one was slow. Further lanes are for a crowd only, as where the database lets one group wait.
/// </summary>
internal abstract class Gathering<TItem>(int lanes)
    where TItem : class
{
    private const int Crowd = 32;
    private const int MostTurns = 4;

    private readonly List<TItem> waiting = [];
    private int running;

    /// <summary>Held while <see cref="Take"/> runs.</summary>
    protected Lock Gate { get; } = new();

    /// <summary>Removes from what waits what is to be handled together; nothing where all of it waits for a group under way.</summary>
    protected abstract List<TItem> Take(List<TItem> waiting);

    protected abstract Task Handle(List<TItem> taken);

    /// <summary>What was taken could not be handled.</summary>
    protected abstract void Fail(List<TItem> taken, Exception exception);

    protected void Add(TItem item)
    {
        lock (Gate)
        {
            waiting.Add(item);
            if (!MayRun(running + 1))
                return;
            running++;
        }
        // A lane serves many messages: it belongs to the trace and the log scopes of none.
        using (ExecutionContext.SuppressFlow())
            _ = Task.Run(Run);
    }

    /// <summary>Takes an item back that waits still.</summary>
    protected bool Remove(TItem item)
    {
        lock (Gate)
            return waiting.Remove(item);
    }

    /// <summary>Takes all back that wait and fit; to be called under the gate.</summary>
    protected List<TItem> RemoveAll(Predicate<TItem> which)
    {
        var removed = waiting.FindAll(which);
        waiting.RemoveAll(which);
        return removed;
    }

    private async Task Run()
    {
        await LetOthersCome();
        while (Next() is { Count: > 0 } taken)
        {
            try
            {
                await Handle(taken);
            }
            catch (Exception exception)
            {
                Fail(taken, exception);
            }
            await LetOthersCome();
        }
    }

    // What this process is ready to run may be about to bring more: it goes first, as long as it does.
    private async ValueTask LetOthersCome()
    {
        for (var (turn, before) = (0, -1); turn < MostTurns && ThreadPool.PendingWorkItemCount > 0; turn++)
        {
            lock (Gate)
            {
                if (waiting.Count == before)
                    return;
                before = waiting.Count;
            }
            await Task.Yield();
        }
    }

    private List<TItem> Next()
    {
        lock (Gate)
        {
            var taken = MayRun(running) ? Take(waiting) : [];
            if (taken.Count == 0)
                running--;
            return taken;
        }
    }

    private bool MayRun(int lane) => lane == 1 || (lane <= lanes && waiting.Count >= Crowd);
}
