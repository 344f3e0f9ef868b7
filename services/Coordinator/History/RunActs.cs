using Microsoft.EntityFrameworkCore;

namespace LoopBus.Coordinator.History;

/// <summary>The acts of one run, looked for in the months since it began.</summary>
internal static class RunActs
{
    // Acts are dated by the clocks of whoever noted them: they may be set, or behind another's.
    private const int Months = -1;

    /// <summary>The time before which the run has no acts; null where there is no such run.</summary>
    public static async Task<DateTimeOffset?> Since(CoordinatorDbContext database, string taskId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var taken = await database.Tasks.Where(task => task.TaskId == taskId).Select(task => (DateTimeOffset?)task.TakenAt).FirstOrDefaultAsync(cancellationToken);
        var run = await database.Runs.Where(state => state.TaskId == taskId).Select(state => new { state.StartedAt, state.EndedAt }).FirstOrDefaultAsync(cancellationToken);

        return taken is null && run is null ? null : new[] { taken, run?.StartedAt, run?.EndedAt, now }.Min()!.Value.AddMonths(Months);
    }

    public static IQueryable<HistoryEntry> Page(CoordinatorDbContext database, string taskId, DateTimeOffset since, long after, int limit)
    {
        var acts = database.History.AsNoTracking().Where(act => act.TaskId == taskId && act.Id > after);
        if (database.Database.IsNpgsql())
            acts = acts.Where(act => act.At >= since);

        return acts.OrderBy(act => act.Id).Take(limit);
    }
}
