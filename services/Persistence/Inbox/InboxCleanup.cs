using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace LoopBus.Persistence.Inbox;

/// <summary>Forgets messages that were handled longer ago than the retention, in batches.</summary>
internal sealed class InboxCleanup(
    MessageStore store, TimeProvider time, IOptions<PersistenceOptions> options, ILogger<InboxCleanup> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Value.InboxCleanupInterval, time);
        do
        {
            try
            {
                while (await store.Forget(stoppingToken) == options.Value.BatchSize)
                    await Task.Yield();
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                logger.CleanupFailed(exception);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }
}
