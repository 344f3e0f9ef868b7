using LoopBus.Persistence.Rows;

namespace LoopBus.Persistence.Groups;

/// <summary>What one unit of work writes, while it waits for the transaction that it shares with others.</summary>
internal sealed class Unit(RowWrite? inbox, IReadOnlyList<RowWrite> writes, bool notifies, bool asks = false)
{
    private readonly TaskCompletionSource<bool> outcome = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Exception? error;
    private bool committed;
    private bool handledBefore;

    /// <summary>Rows whose writer takes it for an answer that another was first.</summary>
    public static Unit Asking(IReadOnlyList<RowWrite> writes) => new(inbox: null, writes, notifies: false, asks: true);

    /// <summary>All its rows, the inbox row first.</summary>
    public IReadOnlyList<RowWrite> Writes { get; } = inbox is null ? writes : [inbox, .. writes];

    /// <summary>The rows that nobody else may have written since.</summary>
    public IReadOnlyList<RowGuard> Guards { get; } = [.. (inbox is null ? writes : [inbox, .. writes]).Where(write => write.Guard is not null).Select(write => write.Guard!.Value)];

    /// <summary>Whether relays of other processes are to be woken.</summary>
    public bool Notifies => notifies;

    public bool IsCommitted => committed;

    /// <summary>True where it was committed, false where its message was handled before, or another was first at a row it asks for.</summary>
    public Task<bool> Outcome => outcome.Task;

    public void Committed() => committed = true;

    public void Failed(Exception exception) => error = exception;

    /// <summary>One of its rows was not as expected: a message that was handled before, or a conflict.</summary>
    public void Lost(RowWrite row, PersistenceMetrics metrics)
    {
        if (asks || ReferenceEquals(row, inbox))
            handledBefore = true;
        if (handledBefore)
            return;
        metrics.Conflict();
        error = new ConcurrencyConflictException(row.Conflict ?? "A row was changed by another message since it was read.");
    }

    /// <summary>Tells whoever waits.</summary>
    public void End()
    {
        if (error is not null && !handledBefore)
            outcome.TrySetException(error);
        else
            outcome.TrySetResult(committed);
    }

    public void Cancel(CancellationToken cancellationToken) => outcome.TrySetCanceled(cancellationToken);
}
