using LoopBus.Contracts.Runs;
using LoopBus.Coordinator.Budgets;
using LoopBus.Coordinator.Intake;
using LoopBus.Coordinator.Registry;
using LoopBus.Loops.Scheduling;
using LoopBus.Loops;
using LoopBus.Persistence.Retention;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace LoopBus.Coordinator.Scheduling;

/// <summary>
/// Begins the runs of loops that have a schedule. The due time is in the task's id, so that all coordinators may do this: a due time is one run. After a pause
/// the last due time that passed is made up for, and none before it.
/// </summary>
internal sealed class ScheduledRuns(IServiceScopeFactory scopes, LoopRegistry loops, DayBudgets budgets, IOptions<RetentionOptions> retention, TimeProvider time, ILogger<ScheduledRuns> log) : BackgroundService
{
    // The wall clock may be set meanwhile.
    private static readonly TimeSpan LongestNap = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    /// <summary>Up to when the due times of a loop are seen to.</summary>
    private readonly Dictionary<string, DateTimeOffset> seen = [];

    public static string TaskId(string loop, DateTimeOffset due) => $"{loop}:{due.UtcDateTime:yyyyMMdd'T'HHmm}";

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var scheduled = loops.All.Select(loop => loops.Current(loop.Name)!).Distinct().Where(loop => loop.Schedule is not null)
            .Select(loop => (Loop: loop, Cron: CronSchedule.Parse(loop.Schedule!))).ToList();

        while (scheduled.Count > 0 && !stoppingToken.IsCancellationRequested)
        {
            var pause = Pause;
            try
            {
                foreach (var (loop, cron) in scheduled)
                    await SeeTo(loop, cron, stoppingToken);
                pause = Nap(scheduled.Select(each => each.Cron));
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                log.ScheduleHeldUp(exception);
            }
            catch (OperationCanceledException)
            {
                return;
            }

            await Task.Delay(pause, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task SeeTo(LoopDefinition loop, CronSchedule cron, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        if (!seen.TryGetValue(loop.Name, out var since))
            seen[loop.Name] = since = await FirstLoaded(scope.ServiceProvider.GetRequiredService<CoordinatorDbContext>(), loop, cancellationToken);
        if (cron.Latest(since, time.GetUtcNow()) is not { } due)
            return;

        var trigger = new RunLoop(TaskId(loop.Name, due), $"{loop.Name}@{loop.Version}", loop.ScheduledInput, "schedule", due);
        // It is made up for when the day's budget is new.
        if (!budgets.CanLaunch(trigger))
            return;

        var (isNew, refusal) = await scope.ServiceProvider.GetRequiredService<TriggerIntake>().Take(trigger, cancellationToken);
        if (refusal is not null)
            throw new InvalidOperationException($"{trigger.TaskId} is not taken now: {refusal}");

        seen[loop.Name] = due;
        if (isNew)
            log.ScheduledRunBegun(trigger.TaskId);
    }

    // A loop that is new has missed nothing.
    private async Task<DateTimeOffset> FirstLoaded(CoordinatorDbContext database, LoopDefinition loop, CancellationToken cancellationToken)
    {
        var loaded = await database.LoopVersions.Where(version => version.Hash == loop.Hash).Select(version => version.LoadedAt).SingleAsync(cancellationToken);
        // A run that is older may be removed already: its task id would be free, and the run begun again.
        var kept = time.GetUtcNow() - retention.Value.Period;

        return loaded > kept ? loaded : kept;
    }

    private TimeSpan Nap(IEnumerable<CronSchedule> schedules)
    {
        var now = time.GetUtcNow();
        var next = schedules.Select(cron => cron.Next(now) - now).OfType<TimeSpan>().Append(LongestNap).Min();

        return next > TimeSpan.Zero ? next : Pause;
    }
}
