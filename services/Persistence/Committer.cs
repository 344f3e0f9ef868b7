using System.Data.Common;
using LoopBus.Persistence.Groups;
using LoopBus.Persistence.Inbox;
using LoopBus.Persistence.Outbox;
using LoopBus.Persistence.Rows;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace LoopBus.Persistence;

/// <summary>
/// Commits units of work: rows of inbox, sagas, tables and outbox together with those of others; a unit that has changes in its DbContext or enlisted work, in a
/// transaction of its own.
/// </summary>
internal sealed class Committer(
    IServiceProvider services,
    MessageStore store,
    GroupCommitter groups,
    GroupWriter writer,
    RowTable<InboxMessage> inboxes,
    RowTable<OutboxMessage> outboxes,
    OutboxRemovals removals,
    PersistenceMetrics metrics,
    TimeProvider time,
    IOptions<PersistenceOptions> options)
{
    // What is to go out at once does so though the clock is set back by less before somebody takes it.
    private static readonly TimeSpan SetBack = TimeSpan.FromDays(1);

    private readonly ICommitFault? fault = services.GetService<ICommitFault>();

    /// <summary>Commits; false, and nothing written, where the inbox row was there already.</summary>
    public async Task<bool> Commit(PendingWork work, InboxMessage? inbox, bool sendsAtOnce, CancellationToken cancellationToken)
    {
        if (inbox is null && work.IsEmpty)
            return true;
        // Again from the first, where a commit has failed before.
        work.Rows.Restart();
        work.Written = 0;
        var unit = Next(work, inbox, sendsAtOnce);
        if (!work.IsApart)
            return await groups.Commit(unit, cancellationToken);
        try
        {
            if (work.Lock is { } held)
                await CommitApart(work, unit, sendsAtOnce, held.Connection, held.Transaction, cancellationToken);
            else
                await CommitApart(work, unit, sendsAtOnce, cancellationToken);
        }
        catch (Exception exception)
        {
            unit.Failed(writer.Translated(exception));
        }
        unit.End();
        return await unit.Outcome;
    }

    public void Reached(CommitPoint point) => fault?.Reached(point);

    private async Task CommitApart(PendingWork work, Unit unit, bool sendsAtOnce, CancellationToken cancellationToken)
    {
        await using var connection = store.CreateConnection();
        await connection.OpenAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await CommitApart(work, unit, sendsAtOnce, connection, transaction, cancellationToken);
    }

    private async Task CommitApart(
        PendingWork work, Unit unit, bool sendsAtOnce, DbConnection connection, DbTransaction transaction, CancellationToken cancellationToken)
    {
        if ((await writer.Add([unit], [], connection, transaction, cancellationToken)).Count > 0)
            return;
        if (work.HasChanges)
            await SaveChanges(work.Context!, connection, transaction, cancellationToken);
        for (var index = 0; index < work.Enlisted.Count; index++)
            await work.Enlisted[index](connection, transaction, cancellationToken);
        // What was written and said while saving.
        var rest = Next(work, inbox: null, sendsAtOnce);
        if ((await writer.Add([rest], [], connection, transaction, cancellationToken)).Count > 0)
        {
            rest.End();
            await rest.Outcome;
        }

        await writer.Commit([unit], transaction);
        work.Context?.ChangeTracker.AcceptAllChanges();
    }

    /// <summary>What the unit of work has to write and has not been given yet.</summary>
    private Unit Next(PendingWork work, InboxMessage? inbox, bool sendsAtOnce)
    {
        var now = time.GetUtcNow();
        var forRelay = false;
        var writes = work.Rows.Take();
        for (; work.Written < work.Said.Count; work.Written++)
        {
            var message = work.Said[work.Written];
            if (message.IsWithdrawn)
                continue;
            var atOnce = sendsAtOnce && (!message.IsDelayed || message.DueAt <= now);
            message.VisibleAt = atOnce ? now + options.Value.Lease : message.IsDelayed ? message.DueAt : message.DueAt - SetBack;
            message.Attempts = atOnce ? 1 : 0;
            forRelay |= !atOnce;
            // Marked before the commit: a duplicate that finds the inbox row must not take what is about to go out.
            if (atOnce && removals.Begin(message))
                work.Sending.Add(message);
            writes.Add(outboxes.Append(message));
        }
        // NOTIFY takes a lock of the whole database at commit: only where nobody in this process sends the rows.
        return new Unit(inbox is null ? null : inboxes.Insert(inbox), writes, notifies: forRelay && !options.Value.Relay);
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
            metrics.Conflict();
            throw new ConcurrencyConflictException("A row was changed by another message since it was read.", exception);
        }
        finally
        {
            await database.UseTransactionAsync(null, CancellationToken.None);
            database.SetDbConnection(null);
        }
    }
}
