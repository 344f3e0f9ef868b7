using System.Text;
using Microsoft.Extensions.Options;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace LoopBus.Approval.DeadLetters;

/// <summary>The seam to the broker's own queues, in plain AMQP: a dead letter must go out byte for byte as it came in.</summary>
internal sealed class DeadLetterQueue(IConnectionFactory broker, IOptions<ApprovalOptions> limits, TimeProvider clock) : IAsyncDisposable
{
    private const int Looks = 5;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);
    private readonly SemaphoreSlim gate = new(1, 1);
    private readonly SemaphoreSlim scanning = new(1, 1);
    private IConnection? connection;

    /// <exception cref="PublishException">No such queue takes it.</exception>
    public async Task Redrive(DeadLetter letter, CancellationToken ct)
    {
        var confirmed = new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true);
        await using var channel = await (await Connect(ct)).CreateChannelAsync(confirmed, ct);
        await channel.BasicPublishAsync("", letter.Queue, mandatory: true, Outgoing.Properties(letter), Outgoing.Body(letter), ct);
    }

    /// <summary>Takes every copy of a dead letter out of the queue; the others stay where they are.</summary>
    /// <returns>How many copies there were.</returns>
    public async Task<int> Remove(Guid letter, CancellationToken ct)
    {
        // A second search at the same time would not see what the first one holds.
        await scanning.WaitAsync(ct);
        try
        {
            // Somebody who looks at the queue meanwhile holds what is in it for a moment.
            for (var look = 1; ; look++)
            {
                var (removed, sawAll) = await Scan(letter, ct);
                if (removed > 0 || !sawAll || look == Looks)
                    return removed;
                await Task.Delay(look * Pause, clock, ct);
            }
        }
        finally
        {
            scanning.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (connection is not null)
            await connection.DisposeAsync();
        gate.Dispose();
        scanning.Dispose();
    }

    private async Task<(int Removed, bool SawAll)> Scan(Guid letter, CancellationToken ct)
    {
        // Closing the channel gives what was looked at, and not acknowledged, back to the queue in its old order.
        await using var channel = await (await Connect(ct)).CreateChannelAsync(cancellationToken: ct);
        var removed = 0;
        for (var looked = 0; looked < limits.Value.DeadLetterScan; looked++)
        {
            if (await channel.BasicGetAsync(Hosting.DeadLetters.Queue, autoAck: false, ct) is not { } found)
                return (removed, true);
            if (IdOf(found) != letter)
                continue;

            await channel.BasicAckAsync(found.DeliveryTag, multiple: false, ct);
            removed++;
        }

        return (removed, false);
    }

    private async Task<IConnection> Connect(CancellationToken ct)
    {
        await gate.WaitAsync(ct);
        try
        {
            if (connection is { IsOpen: true })
                return connection;
            if (connection is not null)
                await connection.DisposeAsync();

            return connection = await broker.CreateConnectionAsync("approval dead letters", ct);
        }
        finally
        {
            gate.Release();
        }
    }

    private static Guid? IdOf(BasicGetResult found) =>
        found.BasicProperties.Headers?.TryGetValue(LetterHeader.Id, out var value) == true
        && value is byte[] bytes && Guid.TryParse(Encoding.UTF8.GetString(bytes), out var id)
            ? id
            : null;
}
