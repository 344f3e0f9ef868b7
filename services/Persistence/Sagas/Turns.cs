namespace LoopBus.Persistence.Sagas;

/// <summary>
/// Whose turn it is at each saga of a type: its messages go one after another in this process, in the order they ask. What other processes do to it, its
/// version tells.
/// </summary>
internal sealed class Turns(TimeProvider time)
{
    // Long enough for all that a process takes at once. Then a message goes all the same, and the version tells who was first.
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    private readonly Lock gate = new();

    // A saga is here while somebody has its turn, with those who wait for it.
    private readonly Dictionary<Guid, Queue<TaskCompletionSource>> lines = [];

    /// <summary>Waits for the turn at this saga; false where it did not come in time.</summary>
    public async Task<bool> Take(Guid saga, CancellationToken cancellationToken)
    {
        TaskCompletionSource turn;
        lock (gate)
        {
            if (!lines.TryGetValue(saga, out var line))
            {
                lines.Add(saga, []);
                return true;
            }
            line.Enqueue(turn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        }
        try
        {
            await turn.Task.WaitAsync(Longest, time, cancellationToken);
            return true;
        }
        catch (Exception exception) when (exception is TimeoutException or OperationCanceledException)
        {
            // Where the turn came at the same moment, it is had, or handed on.
            var came = !turn.TrySetCanceled(CancellationToken.None);
            if (exception is TimeoutException)
                return came;
            if (came)
                Pass(saga);
            throw;
        }
    }

    /// <summary>Hands the turn to who has waited longest.</summary>
    public void Pass(Guid saga)
    {
        lock (gate)
        {
            var line = lines[saga];
            while (line.TryDequeue(out var next))
            {
                if (next.TrySetResult())
                    return;
            }
            lines.Remove(saga);
        }
    }
}
