using System.Data.Common;
using LoopBus.Persistence;

namespace LoopBus.Coordinator.History;

/// <summary>Retention of the history by months: one that holds nothing of a run that is still kept goes as a whole.</summary>
internal static class OldMonths
{
    public static async Task<int> Drop(IServiceProvider scope, DateTimeOffset before, int limit, CancellationToken cancellationToken)
    {
        var database = scope.GetRequiredService<CoordinatorDbContext>();
        var months = new HistoryMonths(database);
        if (!months.Exist)
            return 0;

        // A month is much to lose to a clock that is set forward: the earlier of ours and the database's counts.
        var period = scope.GetRequiredService<TimeProvider>().GetUtcNow() - before;
        var shared = await database.Database.Now(cancellationToken) - period;
        before = shared < before ? shared : before;

        var dropped = 0;
        foreach (var month in (await months.All(cancellationToken)).Where(month => month.End <= before))
        {
            if (dropped < limit && await Drop(scope, months, month, before, cancellationToken))
                dropped++;
        }
        return dropped;
    }

    private static async Task<bool> Drop(IServiceProvider scope, HistoryMonths months, HistoryMonth month, DateTimeOffset before, CancellationToken cancellationToken)
    {
        var log = scope.GetRequiredService<ILogger<HistoryMonths>>();
        try
        {
            var isDropped = await months.Drop(month, before, cancellationToken);
            if (isDropped)
                log.MonthDropped(month.Name);
            return isDropped;
        }
        catch (DbException exception) when (exception.SqlState is Npgsql.PostgresErrorCodes.LockNotAvailable or Npgsql.PostgresErrorCodes.UndefinedTable)
        {
            // Somebody reads or writes it, or another copy was first.
            log.MonthInUse(exception, month.Name);
            return false;
        }
    }
}
