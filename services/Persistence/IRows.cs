namespace LoopBus.Persistence;

/// <summary>
/// Rows of the service's tables, outside any unit of work: each call reads, or commits, by itself and now, but in one statement or transaction with what other
/// messages read or write at the same moment. For what must be kept before a message's end.
/// </summary>
public interface IRows
{
    /// <summary>The row with this key, or null; untracked.</summary>
    Task<T?> Find<T>(object key, CancellationToken cancellationToken)
        where T : class;

    /// <summary>Commits these rows, all or none; false, and nothing written, where another was first at one of them.</summary>
    Task<bool> Commit(Action<IRowWrites> write, CancellationToken cancellationToken);
}
