namespace LoopBus.Persistence;

/// <summary>
/// Rows of the service's tables by key, outside any unit of work: each call reads, or commits, by itself and now, in one statement or transaction with what
/// other messages read or write at the same moment. The types are mapped in the service's DbContext; nothing is tracked.
/// </summary>
public interface IRows
{
    /// <summary>The row with this key, or null; change it only by <see cref="Change"/> or <see cref="IUnitOfWork.Change"/>.</summary>
    Task<T?> Find<T>(object key, CancellationToken cancellationToken)
        where T : class;

    /// <summary>Commits a row; false, and nothing written, where its key is there already.</summary>
    Task<bool> Insert<T>(T row, CancellationToken cancellationToken)
        where T : class;

    /// <summary>Changes a row and commits it; false, and nothing written, where its concurrency tokens say that it is not as it was.</summary>
    Task<bool> Change<T>(T row, Action<T> change, CancellationToken cancellationToken)
        where T : class;
}
