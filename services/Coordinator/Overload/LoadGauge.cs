using LoopBus.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace LoopBus.Coordinator.Overload;

/// <summary>Measures the load about once a second.</summary>
internal sealed class LoadGauge(
    IDbContextFactory<CoordinatorDbContext> databases, IOutboxBacklog outbox, Admission admission, TimeProvider time, IOptions<CoordinatorOptions> options, ILogger<LoadGauge> log)
    : BackgroundService
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    // The others wait for people, were told to wait, or have ended.
    private static readonly string[] Working =
        [nameof(RunStateMachine.Planning), nameof(RunStateMachine.Executing), nameof(RunStateMachine.Critiquing), nameof(RunStateMachine.Compensating)];

    /// <summary>
    /// How long until the next measurement: ten times what the last one took, but never more than five samples, for what was taken since counts as at work, ended
    /// or not. After a failure one sample: everything is refused until one succeeds.
    /// </summary>
    internal static TimeSpan Pause(TimeSpan took, bool failed, TimeSpan sample) =>
        failed ? sample : TimeSpan.FromTicks(Math.Clamp(10 * took.Ticks, sample.Ticks, 5 * sample.Ticks));

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        string? before = null;
        while (!stoppingToken.IsCancellationRequested)
        {
            var began = time.GetTimestamp();
            string? why;
            bool failed;
            try
            {
                (why, failed) = await Measure(stoppingToken);
            }
            catch (Exception) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }

            if (why is not null && before is null)
                log.Overloaded(why);
            else if (why is null && before is not null)
                log.NotOverloaded();
            before = why;
            var pause = Pause(time.GetElapsedTime(began), failed, TimeSpan.FromSeconds(options.Value.LoadSampleSeconds));
            await Task.Delay(pause, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<(string? Why, bool Failed)> Measure(CancellationToken stoppingToken)
    {
        using var patience = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, stoppingToken);
        try
        {
            var (load, begun) = await Read(either.Token).WaitAsync(either.Token);
            return (admission.Measured(load, begun), false);
        }
        catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
        {
            log.LoadNotMeasured(exception.Message);
            return (admission.NotMeasured(), true);
        }
    }

    private async Task<(Load Load, List<string> Begun)> Read(CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        // First those that have begun: who begins in between is counted twice for once, and not missed.
        var taken = admission.NotBegun;
        var begun = taken.Count == 0
            ? []
            : await database.Runs.Where(run => taken.Contains(run.TaskId)).Select(run => run.TaskId).ToListAsync(cancellationToken);
        var active = await database.Runs.Where(run => Working.Contains(run.CurrentState)).Select(run => run.CorrelationId)
            .Take(options.Value.MostActiveRuns).CountAsync(cancellationToken);
        var late = await outbox.Late(TimeSpan.FromSeconds(options.Value.MostLagSeconds), options.Value.MostLateMessages, cancellationToken);
        return (new Load(active, late), begun);
    }
}
