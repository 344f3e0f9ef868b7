using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace LoopBus.Persistence.Retention;

/// <summary>Removes what one rule finds to be old, in small batches, each in its own transaction. Any number of instances may run.</summary>
internal sealed class RetentionJob(
    RetentionRule rule, int periods, IServiceScopeFactory scopes, TimeProvider time, IOptions<RetentionOptions> options, ILogger<RetentionJob> logger)
    : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Value.Interval, time);
        do
        {
            try
            {
                while (await Remove(stoppingToken) == options.Value.BatchSize)
                    await Task.Yield();
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                logger.CleanupFailed(exception);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task<int> Remove(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await rule(scope.ServiceProvider, time.GetUtcNow() - (options.Value.Period * periods), options.Value.BatchSize, cancellationToken);
    }
}
