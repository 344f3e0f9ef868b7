using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace LoopBus.Persistence.Outbox;

/// <summary>Sends what is due: rows of writers outside consumers, delayed rows, and what a crash or a failed send left. Any number may run.</summary>
internal sealed class OutboxRelay(
    IServiceProvider services,
    MessageStore store,
    OutboxSender sender,
    OutboxWake wake,
    TimeProvider time,
    IOptions<PersistenceOptions> options,
    ILogger<OutboxRelay> logger) : BackgroundService
{
    private readonly ICommitFault? fault = services.GetService<ICommitFault>();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!options.Value.Relay || services.GetService<IBusControl>() is not { } bus)
            return;
        while (!stoppingToken.IsCancellationRequested)
        {
            // After a failure soon again: the signal that woke us is spent.
            var wait = TimeSpan.FromSeconds(1);
            try
            {
                await UntilConnected(bus, stoppingToken);
                wait = await SendDue(stoppingToken);
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                logger.SweepFailed(exception);
            }
            await wake.Wait(wait, stoppingToken);
        }
    }

    // An absent broker should cost no attempts; but one endpoint that can not start must not hold back all that is to go out.
    private async Task UntilConnected(IBusControl bus, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(options.Value.Lease, time);
        while (bus.CheckHealth().Status == BusHealthStatus.Unhealthy && !patience.IsCancellationRequested)
            await Task.Delay(TimeSpan.FromMilliseconds(100), time, cancellationToken);
    }

    /// <summary>Sends all that is due now; returns how long nothing will be.</summary>
    private async Task<TimeSpan> SendDue(CancellationToken cancellationToken)
    {
        while (true)
        {
            var claimed = await store.ClaimDue(cancellationToken);
            if (claimed.Count == 0)
                break;
            fault?.Reached(CommitPoint.RelayTook);
            await sender.Send(claimed, cancellationToken);
            fault?.Reached(CommitPoint.RelaySent);
            if (claimed.Count < options.Value.BatchSize)
                break;
        }
        var nearest = await store.Nearest(cancellationToken);
        var wait = nearest - time.GetUtcNow() ?? options.Value.SweepInterval;
        return wait < TimeSpan.Zero ? TimeSpan.Zero : wait < options.Value.SweepInterval ? wait : options.Value.SweepInterval;
    }
}
