using LoopBus.Coordinator.Intake;
using LoopBus.Hosting.Web;
using Microsoft.EntityFrameworkCore;

namespace LoopBus.Coordinator.Api;

/// <summary>Whose a run is, or a task that was taken a moment ago.</summary>
internal static class RunOwner
{
    public static async Task<bool> Sees(CoordinatorDbContext database, Caller caller, string taskId, CancellationToken cancellationToken)
    {
        if (caller.Tenant is null)
            return true;
        if (await database.Runs.Where(run => run.TaskId == taskId).Select(run => new { run.Tenant }).FirstOrDefaultAsync(cancellationToken) is { } run)
            return caller.Sees(run.Tenant);

        return await database.Tasks.AsNoTracking().FirstOrDefaultAsync(task => task.TaskId == taskId, cancellationToken) is { } task && caller.Sees(TriggerIntake.TriggerOf(task).Tenant);
    }
}
