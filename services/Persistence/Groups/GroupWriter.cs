using System.Data.Common;
using LoopBus.Persistence.Database;
using LoopBus.Persistence.Outbox;
using LoopBus.Persistence.Rows;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace LoopBus.Persistence.Groups;

/// <summary>Writes the units of a group in one transaction, so that each still succeeds or fails by itself.</summary>
internal sealed class GroupWriter(
    IServiceProvider services, IDialect dialect, MessageStore store, OutboxRemovals removals, PersistenceMetrics metrics, ILogger<GroupWriter> logger)
{
    private readonly ICommitFault? fault = services.GetService<ICommitFault>();

    /// <summary>
    /// Commits all units but those whose row was not as they saw it: these are taken out, and the others written again without them. Where the database refuses
    /// a statement, each half is tried by itself, down to the unit that is at fault.
    /// </summary>
    public async Task Write(IReadOnlyList<Unit> units)
    {
        var atOnce = dialect.TakesArrays;
        while (units.Count > 0)
        {
            var written = false;
            try
            {
                await using var connection = await dialect.DataSource.OpenConnectionAsync();
                using var sent = removals.Take();
                if (atOnce)
                {
                    await using var batch = connection.CreateBatch();
                    await Fill(batch, connection, units, sent.Rows, all: true);
                    written = true;
                    Reached(units);
                    written = false;
                    // Without a transaction around it, it is one, committed in the same round trip.
                    if (batch.BatchCommands.Count > 0)
                        await batch.ExecuteNonQueryAsync();
                    Committed(units);
                    sent.Removed();
                    return;
                }
                await using var transaction = await connection.BeginTransactionAsync();
                var lost = await Add(units, sent.Rows, connection, transaction, CancellationToken.None);
                if (lost.Count > 0)
                {
                    await transaction.RollbackAsync();
                    units = [.. units.Where(unit => !lost.Contains(unit))];
                    continue;
                }
                written = true;
                await Commit(units, transaction);
                sent.Removed();
                return;
            }
            catch (DbException exception) when (atOnce && dialect.IsMissing(exception))
            {
                // Who lost a row is told by the longer way.
                atOnce = false;
            }
            catch (Exception exception) when (!written && units.Count > 1 && MayBeOnes(exception))
            {
                logger.GroupRefused(exception, units.Count);
                var half = units.Count / 2;
                await Write([.. units.Take(half)]);
                units = [.. units.Skip(half)];
            }
            catch (Exception exception)
            {
                foreach (var unit in units)
                    unit.Failed(Translated(exception));
                return;
            }
        }
    }

    /// <summary>Adds the rows of these units to a transaction; returns those units that lost a row to someone else, and have been told so.</summary>
    public async Task<IReadOnlyCollection<Unit>> Add(
        IReadOnlyList<Unit> units, IReadOnlyList<RowWrite> more, DbConnection connection, DbTransaction transaction, CancellationToken cancellationToken)
    {
        await using var batch = connection.CreateBatch();
        batch.Transaction = transaction;
        var sets = await Fill(batch, connection, units, more, all: false);
        if (batch.BatchCommands.Count == 0)
            return [];
        if (dialect.TakesArrays)
            await RowSet.Execute(batch, sets, cancellationToken);
        else
            await batch.ExecuteNonQueryAsync(cancellationToken);

        var lost = new HashSet<Unit>();
        foreach (var (unit, write) in sets.SelectMany(set => set.Lost()))
        {
            lost.Add(unit!);
            unit!.Lost(write, metrics);
        }
        return lost;
    }

    /// <summary>Commits a transaction that has all rows of these units.</summary>
    public async Task Commit(IReadOnlyList<Unit> units, DbTransaction transaction)
    {
        Reached(units);
        // A commit that began is not cancelled: its outcome would be unknown.
        await transaction.CommitAsync(CancellationToken.None);
        Committed(units);
    }

    public Exception Translated(Exception exception)
    {
        // EF wraps it, and once more where it takes it for transient.
        if (Causes.Of(exception).OfType<DbException>().FirstOrDefault() is not { } database || !dialect.IsLostRace(database))
            return exception;
        metrics.Conflict();
        return new ConcurrencyConflictException("Another message wrote the same rows at the same time.", exception);
    }

    private async Task<List<RowSet>> Fill(DbBatch batch, DbConnection connection, IReadOnlyList<Unit> units, IReadOnlyList<RowWrite> more, bool all)
    {
        var rows = units.SelectMany(unit => unit.Writes.Select(write => (Unit: (Unit?)unit, Write: write))).Concat(more.Select(write => (Unit: (Unit?)null, Write: write)));
        await using var maker = connection.CreateCommand();
        List<RowSet> sets =
        [
            .. rows.GroupBy(row => (row.Write.Statement, IsGuarded: row.Write.Guard is not null)).OrderBy(set => set.Key.Statement.Order, StringComparer.Ordinal)
                .Select(set => new RowSet(set.Key.Statement, set, batch, maker, all)),
        ];
        if (units.Any(unit => unit.Notifies))
            store.Notify(batch);
        return sets;
    }

    private void Reached(IReadOnlyList<Unit> units)
    {
        foreach (var _ in units)
            fault?.Reached(CommitPoint.BeforeCommit);
    }

    private void Committed(IReadOnlyList<Unit> units)
    {
        metrics.Committed(units.Count);
        foreach (var unit in units)
            unit.Committed();
        foreach (var unit in units)
            AfterCommit(unit);
    }

    private void AfterCommit(Unit unit)
    {
        try
        {
            fault?.Reached(CommitPoint.AfterCommit);
        }
        catch (Exception exception)
        {
            unit.Failed(exception);
        }
    }

    // Not what befalls all alike: a connection that broke, a database that is not there.
    private bool MayBeOnes(Exception exception) => exception is not DbException database || dialect.IsRefused(database);
}
