using LoopBus.Persistence;

namespace LoopBus.Coordinator.History;

/// <summary>Makes this month of the history and the next two, before the service is ready and from then on. Any number of copies may run.</summary>
internal sealed class MonthsAhead(IServiceScopeFactory scopes, TimeProvider time, ILogger<MonthsAhead> log) : BackgroundService, IHostedLifecycleService
{
    private const int Ahead = 2;
    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    public Task StartingAsync(CancellationToken cancellationToken) => Make(cancellationToken);

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
            await Make(stoppingToken);
    }

    private async Task Make(CancellationToken cancellationToken)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var months = new HistoryMonths(scope.ServiceProvider.GetRequiredService<CoordinatorDbContext>());
            for (var ahead = 0; months.Exist && ahead <= Ahead; ahead++)
            {
                var month = HistoryMonth.Of(time.GetUtcNow().AddMonths(ahead));
                if (await months.Make(month, cancellationToken))
                    log.MonthMade(month.Name);
            }
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            // Nothing fails without them: there is the default.
            log.MonthsNotMade(exception);
        }
    }
}
