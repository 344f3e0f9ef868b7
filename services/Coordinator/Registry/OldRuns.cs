using LoopBus.Coordinator.History;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace LoopBus.Coordinator.Registry;

/// <summary>Retention of runs that have ended: the run, its history and its task go together, and its task id is free again.</summary>
internal static class OldRuns
{
    public static async Task<int> Remove(IServiceProvider scope, DateTimeOffset before, int limit, CancellationToken cancellationToken)
    {
        var database = scope.GetRequiredService<CoordinatorDbContext>();
        // Whole months of history are dropped, which costs next to nothing: runs whose months may still go so wait for it.
        before = await new HistoryMonths(database).DueByRun(before, cancellationToken);
        var tasks = await database.Runs.AsNoTracking()
            .Where(run => run.EndedAt < before).OrderBy(run => run.EndedAt).Select(run => run.TaskId).Take(limit).ToListAsync(cancellationToken);
        if (tasks.Count == 0)
            return 0;
        await using var transaction = await database.Database.BeginTransactionAsync(cancellationToken);
        await database.History.Where(entry => tasks.Contains(entry.TaskId)).ExecuteDeleteAsync(cancellationToken);
        await database.Tasks.Where(task => tasks.Contains(task.TaskId)).ExecuteDeleteAsync(cancellationToken);
        await database.Runs.Where(run => tasks.Contains(run.TaskId)).ExecuteDeleteAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return tasks.Count;
    }
}
