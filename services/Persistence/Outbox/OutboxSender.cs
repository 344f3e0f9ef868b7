using MassTransit;
using MassTransit.Serialization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace LoopBus.Persistence.Outbox;

/// <summary>Publishes stored messages with the broker's confirms; what is confirmed is removed, what is not stays with its error and a later time.</summary>
internal sealed class OutboxSender(
    IServiceProvider services,
    MessageStore store,
    OutboxRemovals removals,
    PersistenceMetrics metrics,
    TimeProvider time,
    IOptions<PersistenceOptions> options,
    ILogger<OutboxSender> logger)
{
    /// <summary>Sends claimed rows that are not being sent already.</summary>
    public Task Send(List<OutboxMessage> claimed, CancellationToken cancellationToken) => SendBegun(claimed.FindAll(removals.Begin), cancellationToken);

    /// <summary>Sends rows that are marked as being sent: in order to each destination, to different destinations at once.</summary>
    public async Task SendBegun(List<OutboxMessage> messages, CancellationToken cancellationToken)
    {
        if (messages.Count == 0)
            return;
        using var timeout = new CancellationTokenSource(options.Value.SendTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        await Task.WhenAll(messages.GroupBy(message => message.Destination).Select(group => SendInOrder([.. group], either.Token)));
    }

    private async Task SendInOrder(List<OutboxMessage> messages, CancellationToken cancellationToken)
    {
        for (var index = 0; index < messages.Count; index++)
        {
            try
            {
                await Send(messages[index], cancellationToken).WaitAsync(cancellationToken);
                removals.Sent(messages[index]);
                metrics.Sent();
            }
            catch (Exception exception)
            {
                // What comes after it to the same destination waits with it: it would fail alike, and the order is kept.
                await Postpone(messages[index..], exception);
                return;
            }
        }
    }

    private async Task Send(OutboxMessage message, CancellationToken cancellationToken)
    {
        var envelope = message.Said ?? OutboxEnvelope.FromJson(message.Envelope);
        var now = time.GetUtcNow();
        if (envelope.ExpiresAt <= now)
        {
            logger.MessageExpired(message.MessageId, message.MessageType, envelope.ExpiresAt);
            return;
        }
        var endpoint = await services.GetRequiredService<IBus>().GetSendEndpoint(new Uri(message.Destination));
        await endpoint.Send(new SerializedMessageBody(), new StoredSend(message, envelope, now), cancellationToken);
    }

    private async Task Postpone(List<OutboxMessage> messages, Exception exception)
    {
        metrics.NotSent(messages.Count);
        var now = time.GetUtcNow();
        foreach (var message in messages)
        {
            var seconds = Math.Min(Math.Pow(2, Math.Clamp(message.Attempts - 1, 0, 20)), options.Value.MaxBackoff.TotalSeconds);
            message.VisibleAt = now + TimeSpan.FromSeconds(seconds);
            message.LastError = Text(exception);
            removals.NotSent(message);
        }
        logger.MessagesNotSent(exception, messages.Count, messages[0].MessageType, messages[0].Destination, messages[0].Attempts, messages[0].VisibleAt);
        try
        {
            using var timeout = new CancellationTokenSource(options.Value.SendTimeout, time);
            await store.Postpone(messages, timeout.Token);
        }
        catch (Exception unreachable)
        {
            // The lease of the rows ends by itself.
            logger.RowsNotPostponed(unreachable, messages.Count);
        }
    }

    private static string Text(Exception exception)
    {
        var text = $"{exception.GetType().Name}: {exception.Message}";
        return text.Length <= 2000 ? text : text[..2000];
    }
}
