using LoopBus.Persistence.Rows;

namespace LoopBus.Persistence.Outbox;

/// <summary>Sent rows that a transaction is about to remove; disposed without <see cref="Removed"/>, they are left for the next.</summary>
internal sealed class SentRows(OutboxRemovals removals, IReadOnlyList<SentRow> rows) : IDisposable
{
    private bool removed;

    public IReadOnlyList<RowWrite> Rows { get; } = [.. rows.Select(row => row.Removal)];

    public void Removed()
    {
        removed = true;
        removals.Removed(rows);
    }

    public void Dispose()
    {
        if (!removed)
            removals.PutBack(rows);
    }
}
