using LoopBus.Contracts.Acts;
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

    /// <summary>The plans that were proposed to the run, and the verdicts on it, the newest so many of both, oldest first.</summary>
    public static async Task<IReadOnlyList<HistoryEntry>> Decisions(CoordinatorDbContext database, string taskId, DateTimeOffset since, int most, CancellationToken cancellationToken)
    {
        var acts = Of(database, taskId, since).Where(act => act.Direction == "in" && ((act.Performative == Performative.Propose && act.Content == "plan") || (act.Performative == Performative.Inform && act.Content == "verdict")));

        return [.. (await acts.OrderByDescending(act => act.Id).Take(most).ToListAsync(cancellationToken)).OrderBy(act => act.Id)];
    }

    public static IQueryable<HistoryEntry> Page(CoordinatorDbContext database, string taskId, DateTimeOffset since, long after, int limit) =>
        Of(database, taskId, since).Where(act => act.Id > after).OrderBy(act => act.Id).Take(limit);

    private static IQueryable<HistoryEntry> Of(CoordinatorDbContext database, string taskId, DateTimeOffset since)
    {
        var acts = database.History.AsNoTracking().Where(act => act.TaskId == taskId);

        return database.Database.IsNpgsql() ? acts.Where(act => act.At >= since) : acts;
    }
}
