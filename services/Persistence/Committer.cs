using System.Data.Common;
using LoopBus.Persistence.Inbox;
using LoopBus.Persistence.Outbox;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace LoopBus.Persistence;

/// <summary>Writes a unit of work in one transaction: inbox, sagas and outbox in one batch, then the DbContext's changes, then enlisted work.</summary>
internal sealed class Committer(
    IServiceProvider services, MessageStore store, OutboxRemovals removals, PersistenceMetrics metrics, TimeProvider time, IOptions<PersistenceOptions> options)
{
    private readonly ICommitFault? fault = services.GetService<ICommitFault>();

    /// <summary>Commits; false, and nothing written, where the inbox row was there already.</summary>
    public async Task<bool> Commit(PendingWork work, InboxMessage? inbox, bool sendsAtOnce, CancellationToken cancellationToken)
    {
        if (inbox is null && work.IsEmpty)
            return true;
        // Again from the first, where a commit has failed before.
        work.Written = 0;
        await using var connection = store.CreateConnection();
        await connection.OpenAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        if (!await WriteRows(work, connection, transaction, inbox, sendsAtOnce, cancellationToken))
            return false;
        if (work.HasChanges)
            await SaveChanges(work.Context!, connection, transaction, cancellationToken);
        for (var index = 0; index < work.Enlisted.Count; index++)
            await work.Enlisted[index](connection, transaction, cancellationToken);
        // What was said while saving.
        await WriteRows(work, connection, transaction, inbox: null, sendsAtOnce, cancellationToken);
        Reached(CommitPoint.BeforeCommit);
        // A commit that began is not cancelled: its outcome would be unknown.
        await transaction.CommitAsync(CancellationToken.None);
        metrics.Committed();
        work.Context?.ChangeTracker.AcceptAllChanges();
        Reached(CommitPoint.AfterCommit);
        return true;
    }

    public void Reached(CommitPoint point) => fault?.Reached(point);

    private async Task<bool> WriteRows(
        PendingWork work, DbConnection connection, DbTransaction transaction, InboxMessage? inbox, bool sendsAtOnce, CancellationToken cancellationToken)
    {
        await using var batch = connection.CreateBatch();
        batch.Transaction = transaction;
        var consumed = inbox is null ? null : store.AddConsumed(batch, inbox);
        var sagas = work.Sagas.ConvertAll(write => (write.Conflict, Command: write.AddTo(batch, connection)));
        work.Sagas.Clear();
        AddSaid(work, batch, sendsAtOnce);
        if (batch.BatchCommands.Count == 0)
            return true;
        try
        {
            await batch.ExecuteNonQueryAsync(cancellationToken);
        }
        catch (DbException exception) when (store.IsLostRace(exception))
        {
            throw Conflict("Another message wrote the same rows at the same time.", exception);
        }
        if (consumed?.RecordsAffected == 0)
            return false;
        if (sagas.Find(saga => saga.Command.RecordsAffected != 1).Conflict is { } conflict)
            throw Conflict(conflict);
        return true;
    }

    private void AddSaid(PendingWork work, DbBatch batch, bool sendsAtOnce)
    {
        var now = time.GetUtcNow();
        var forRelay = false;
        for (; work.Written < work.Said.Count; work.Written++)
        {
            var message = work.Said[work.Written];
            var atOnce = sendsAtOnce && message.DueAt <= now;
            message.VisibleAt = atOnce ? now + options.Value.Lease : message.DueAt;
            message.Attempts = atOnce ? 1 : 0;
            forRelay |= !atOnce;
            // Marked before the commit: a duplicate that finds the inbox row must not take what is about to go out.
            if (atOnce && removals.Begin(message))
                work.Sending.Add(message);
            store.AddOutgoing(batch, message);
        }
        // NOTIFY takes a lock of the whole database at commit: only where nobody in this process sends the rows.
        if (forRelay && !options.Value.Relay)
            store.Notify(batch);
    }

    private async Task SaveChanges(DbContext context, DbConnection connection, DbTransaction transaction, CancellationToken cancellationToken)
    {
        var database = context.Database;
        database.AutoSavepointsEnabled = false;
        database.SetDbConnection(connection, contextOwnsConnection: false);
        try
        {
            await database.UseTransactionAsync(transaction, cancellationToken);
            await context.SaveChangesAsync(acceptAllChangesOnSuccess: false, cancellationToken);
        }
        catch (DbUpdateConcurrencyException exception)
        {
            throw Conflict("A row was changed by another message since it was read.", exception);
        }
        finally
        {
            await database.UseTransactionAsync(null, CancellationToken.None);
            database.SetDbConnection(null);
        }
    }

    private ConcurrencyConflictException Conflict(string message, Exception? cause = null)
    {
        metrics.Conflict();
        return cause is null ? new ConcurrencyConflictException(message) : new ConcurrencyConflictException(message, cause);
    }
}
