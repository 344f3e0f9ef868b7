using System.Collections.Concurrent;
using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace LoopBus.Persistence.Outbox;

/// <summary>Removes confirmed rows: in the next transaction that commits messages, or, where none comes soon, in batches of their own.</summary>
internal sealed class OutboxRemovals(
    MessageStore store, TimeProvider time, IOptions<PersistenceOptions> options, ILogger<OutboxRemovals> logger)
    : BackgroundService, IHostedLifecycleService
{
    private readonly Channel<SentRow> sent = Channel.CreateUnbounded<SentRow>();

    private readonly ConcurrentDictionary<(Guid UnitId, int Position), bool> inFlight = new();

    /// <summary>Marks a row as being sent here, until it is removed; false where it is marked already.</summary>
    public bool Begin(OutboxMessage message) => inFlight.TryAdd((message.UnitId, message.Position), true);

    /// <summary>Whether rows of this unit of work are being sent here, or are sent and not removed yet.</summary>
    public bool IsSending(Guid unitId) => inFlight.Any(row => row.Key.UnitId == unitId);

    public void NotSent(OutboxMessage message) => inFlight.TryRemove((message.UnitId, message.Position), out _);

    public void Sent(OutboxMessage message) => sent.Writer.TryWrite(new SentRow((message.UnitId, message.Position), store.Removal(message)));

    /// <summary>What a transaction may remove along the way.</summary>
    public SentRows Take() => new(this, Next());

    public void Removed(IReadOnlyList<SentRow> rows)
    {
        foreach (var row in rows)
            inFlight.TryRemove(row.Key, out _);
    }

    public void PutBack(IReadOnlyList<SentRow> rows)
    {
        foreach (var row in rows)
            sent.Writer.TryWrite(row);
    }

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
        while (await sent.Reader.WaitToReadAsync(stoppingToken))
        {
            await Task.Delay(options.Value.RemovalDelay, time, stoppingToken);
            // A removal that began is finished: what it would leave behind goes out a second time.
            while (Next() is { Count: > 0 } rows)
                await Remove(rows, CancellationToken.None);
        }
    }

    private List<SentRow> Next()
    {
        var rows = new List<SentRow>();
        while (rows.Count < options.Value.BatchSize && sent.Reader.TryRead(out var row))
            rows.Add(row);
        return rows;
    }

    private async Task Remove(List<SentRow> rows, CancellationToken cancellationToken)
    {
        try
        {
            await store.Remove(rows.ConvertAll(row => row.Removal), cancellationToken);
            Removed(rows);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            // The rows go out again when their lease ends; their receivers know the message ids.
            logger.RowsNotRemoved(exception, rows.Count);
            await Task.Delay(TimeSpan.FromSeconds(1), time, cancellationToken);
            PutBack(rows);
        }
    }
}
