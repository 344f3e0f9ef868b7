using Microsoft.EntityFrameworkCore;

namespace LoopBus.Coordinator.History;

/// <summary>
/// The months of the history: on PostgreSQL partitions of its table, beside run_history_default for acts of any other time. On SQL Server there are none.
/// </summary>
internal sealed class HistoryMonths(CoordinatorDbContext database)
{
    /// <summary>How long after a month is past its retention runs that began in it may go on to end theirs; then it is cleared run by run.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromDays(14);

    private const string Parts =
        """
        SELECT quote_ident(relname) AS "Name",
               coalesce((regexp_match(bound, 'FROM \(''([^'']+)'))[1], '-infinity')::timestamptz AS "Begin",
               coalesce((regexp_match(bound, 'TO \(''([^'']+)'))[1], 'infinity')::timestamptz AS "End"
        FROM (SELECT part.relname, pg_get_expr(part.relpartbound, part.oid) AS bound
              FROM pg_inherits JOIN pg_class AS part ON part.oid = inhrelid WHERE inhparent = 'coordinator.run_history'::regclass) AS parts
        WHERE bound <> 'DEFAULT' ORDER BY "End"
        """;

    public bool Exist => database.Database.IsNpgsql();

    public async Task<IReadOnlyList<HistoryMonth>> All(CancellationToken cancellationToken) =>
        Exist ? await database.Database.SqlQueryRaw<HistoryMonth>(Parts).ToListAsync(cancellationToken) : [];

    /// <summary>Makes the month where it is missing, or the rest of it; acts of it that came before it was there are moved to it.</summary>
    /// <returns>Whether it was missing.</returns>
    public async Task<bool> Make(HistoryMonth month, CancellationToken cancellationToken)
    {
        if (Missing(month, await All(cancellationToken)) is null)
            return false;
        await using var transaction = await database.Database.BeginTransactionAsync(cancellationToken);
        await Alone(cancellationToken);
        if (Missing(month, await All(cancellationToken)) is not { } missing)
            return false;

        var (name, begin, end) = (missing.Name, Literal(missing.Begin), Literal(missing.End));
        var move = $"WITH moved AS (DELETE FROM coordinator.run_history_default WHERE at >= {begin} AND at < {end} RETURNING *) INSERT INTO coordinator.{name} SELECT * FROM moved";
        await Run($"CREATE TABLE coordinator.{name} (LIKE coordinator.run_history)", cancellationToken);
        // Once while others write, which may take a while, and once for what they wrote meanwhile.
        await Run(move, cancellationToken);
        await Run("LOCK TABLE coordinator.run_history_default IN ACCESS EXCLUSIVE MODE", cancellationToken);
        await Run(move, cancellationToken);
        await Run($"ALTER TABLE coordinator.run_history ATTACH PARTITION coordinator.{name} FOR VALUES FROM ({begin}) TO ({end})", cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return true;
    }

    /// <summary>Drops the month, unless it holds acts of a run that is at work, or that ended at this time or later, or that has yet to begin.</summary>
    public async Task<bool> Drop(HistoryMonth month, DateTimeOffset before, CancellationToken cancellationToken)
    {
        await using var transaction = await database.Database.BeginTransactionAsync(cancellationToken);
        await Alone(cancellationToken);
        // Nobody adds to it from here on, whatever their clock says; what they write then goes to the default.
        await Run($"LOCK TABLE coordinator.{month.Name} IN SHARE MODE", cancellationToken);
        if (await IsNeeded(month, before, cancellationToken))
            return false;
        // It has to wait for those who write to the history at this moment, and they for it: not for long.
        await Run($"DROP TABLE coordinator.{month.Name}", cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return true;
    }

    /// <summary>Runs that ended before this are removed one by one; the others, though they may have ended before <paramref name="before"/>, go with their month.</summary>
    public async Task<DateTimeOffset> DueByRun(DateTimeOffset before, CancellationToken cancellationToken)
    {
        if (!Exist)
            return before;
        var first = (await All(cancellationToken)).Select(month => month.Begin).DefaultIfEmpty(before).Min();
        var late = HistoryMonth.Of(before - Patience).Begin;
        return first < late ? late : first < before ? first : before;
    }

    private async Task<bool> IsNeeded(HistoryMonth month, DateTimeOffset before, CancellationToken cancellationToken)
    {
        // A big month is read as a whole before it goes, once.
        database.Database.SetCommandTimeout(TimeSpan.FromMinutes(10));
        var acts = $"EXISTS (SELECT FROM coordinator.{month.Name} AS act WHERE act.task_id = kept.task_id)";
        var needed =
            $$"""
            SELECT EXISTS (SELECT FROM coordinator.run AS kept WHERE ended_at IS NULL AND {{acts}})
                OR EXISTS (SELECT FROM coordinator.run AS kept WHERE ended_at >= {0} AND {{acts}})
                OR EXISTS (SELECT FROM coordinator.task AS kept WHERE {{acts}} AND NOT EXISTS (SELECT FROM coordinator.run WHERE run.task_id = kept.task_id))
                AS "Value"
            """;
        return await database.Database.SqlQueryRaw<bool>(needed, before.ToUniversalTime()).SingleAsync(cancellationToken);
    }

    // One copy at a time; and nobody waits long behind one that waits for a lock on the tables.
    private async Task Alone(CancellationToken cancellationToken)
    {
        await Run("SET LOCAL lock_timeout = '10s'", cancellationToken);
        await Run("SELECT pg_advisory_xact_lock(hashtext('coordinator.run_history'))", cancellationToken);
        await Run("SET LOCAL lock_timeout = '250ms'", cancellationToken);
    }

    private static HistoryMonth? Missing(HistoryMonth month, IReadOnlyList<HistoryMonth> parts)
    {
        if (parts.Any(part => part.Begin < month.End && part.End >= month.End))
            return null;
        var begin = parts.Where(part => part.End > month.Begin && part.End < month.End).Select(part => part.End).DefaultIfEmpty(month.Begin).Max();
        return month with { Begin = begin };
    }

    private Task Run(string sql, CancellationToken cancellationToken) => database.Database.ExecuteSqlRawAsync(sql, cancellationToken);

    private static string Literal(DateTimeOffset time) => $"'{time.UtcDateTime:yyyy-MM-dd HH:mm:ss.ffffff}+00'";
}
