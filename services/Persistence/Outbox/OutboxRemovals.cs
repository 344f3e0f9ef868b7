using System.Collections.Concurrent;
using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace LoopBus.Persistence.Outbox;

/// <summary>Removes confirmed rows in batches, off the messages' path.</summary>
internal sealed class OutboxRemovals(
    MessageStore store, TimeProvider time, IOptions<PersistenceOptions> options, ILogger<OutboxRemovals> logger)
    : BackgroundService, IHostedLifecycleService
{
    private readonly Channel<(Guid UnitId, int Position)> sent =
        Channel.CreateUnbounded<(Guid, int)>(new UnboundedChannelOptions { SingleReader = true });

    private readonly ConcurrentDictionary<(Guid UnitId, int Position), bool> inFlight = new();

    /// <summary>Marks a row as being sent here, until it is removed; false where it is marked already.</summary>
    public bool Begin(OutboxMessage message) => inFlight.TryAdd((message.UnitId, message.Position), true);

    /// <summary>Whether rows of this unit of work are being sent here, or are sent and not removed yet.</summary>
    public bool IsSending(Guid unitId) => inFlight.Any(row => row.Key.UnitId == unitId);

    public void NotSent(OutboxMessage message) => inFlight.TryRemove((message.UnitId, message.Position), out _);

    public void Sent(OutboxMessage message) => sent.Writer.TryWrite((message.UnitId, message.Position));

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    // After everything has stopped, the bus too, whichever was registered first: nothing is sent any more.
    public async Task StoppedAsync(CancellationToken cancellationToken)
    {
        while (Next() is { Count: > 0 } rows && !cancellationToken.IsCancellationRequested)
            await Remove(rows, cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // A removal that began is finished: what it would leave behind goes out a second time.
        while (await sent.Reader.WaitToReadAsync(stoppingToken))
            await Remove(Next(), CancellationToken.None);
    }

    private List<(Guid UnitId, int Position)> Next()
    {
        var rows = new List<(Guid, int)>();
        while (rows.Count < options.Value.BatchSize && sent.Reader.TryRead(out var row))
            rows.Add(row);
        return rows;
    }

    private async Task Remove(List<(Guid UnitId, int Position)> rows, CancellationToken cancellationToken)
    {
        try
        {
            if (rows.Count > 0)
                await store.Remove(rows, cancellationToken);
            foreach (var row in rows)
                inFlight.TryRemove(row, out _);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            // The rows go out again when their lease ends; their receivers know the message ids.
            logger.RowsNotRemoved(exception, rows.Count);
            await Task.Delay(TimeSpan.FromSeconds(1), time, cancellationToken);
            foreach (var row in rows)
                sent.Writer.TryWrite(row);
        }
    }
}
