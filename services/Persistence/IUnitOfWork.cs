using System.Data.Common;

namespace LoopBus.Persistence;

/// <summary>
/// The one transaction of a message (committed by the endpoint's filter) or of a web request (committed by its handler): the scope's DbContext
/// changes, the enlisted work, and every message that was sent or published in the scope, all or nothing.
/// </summary>
public interface IUnitOfWork
{
    /// <summary>
    /// Inserts a row at the commit, in one statement with those of other messages. Its type is mapped in the service's DbContext, which need not be made; what the
    /// database generates is not read back.
    /// </summary>
    void Append<T>(T row)
        where T : class;

    /// <summary>Changes a row that was read untracked; at the commit it must be as it was before this call, by its concurrency tokens, else it is a conflict.</summary>
    void Change<T>(T row, Action<T> change)
        where T : class;

    /// <summary>Adds work to the transaction, which is then one of its own, run after the inbox, saga and DbContext writes and before the commit.</summary>
    void Enlist(Func<DbConnection, DbTransaction, CancellationToken, Task> work);

    /// <summary>Commits, then has the outbox publish at once. For writers outside a consumer only; a consumer's endpoint commits by itself.</summary>
    Task Commit(CancellationToken cancellationToken);
}
