using System.Data.Common;

namespace LoopBus.Persistence;

/// <summary>
/// The one transaction of a message (committed by the endpoint's filter) or of a web request (committed by its handler): the scope's DbContext
/// changes, the rows that were added to it, the enlisted work, and every message that was sent or published in the scope, all or nothing.
/// </summary>
public interface IUnitOfWork : IRowWrites
{
    /// <summary>Adds work to the transaction, which is then one of its own, run after the inbox, saga and DbContext writes and before the commit.</summary>
    void Enlist(Func<DbConnection, DbTransaction, CancellationToken, Task> work);

    /// <summary>Where the message that was said last waits for its time, to take it back later; null while nothing was said.</summary>
    OutboxRow? LastSaid { get; }

    /// <summary>Takes back, with this commit, a message that waits for its time. What is on its way already comes all the same.</summary>
    void Withdraw(OutboxRow row);

    /// <summary>Commits, then has the outbox publish at once. For writers outside a consumer only; a consumer's endpoint commits by itself.</summary>
    Task Commit(CancellationToken cancellationToken);
}
