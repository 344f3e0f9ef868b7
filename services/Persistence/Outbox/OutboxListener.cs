using LoopBus.Persistence.Database;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace LoopBus.Persistence.Outbox;

/// <summary>Hears from other processes that they wrote rows they do not send themselves.</summary>
internal sealed class OutboxListener(
    IDialect dialect,
    MessageStore store,
    OutboxWake wake,
    TimeProvider time,
    IOptions<PersistenceOptions> options,
    ILogger<OutboxListener> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!options.Value.Relay)
            return;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await dialect.Listen(store.Channel, wake.Signal, stoppingToken);
                return;
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                logger.ListeningBroke(exception);
                await Task.Delay(TimeSpan.FromSeconds(1), time, stoppingToken);
            }
        }
    }
}
