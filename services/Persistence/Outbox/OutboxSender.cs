using LoopBus.Persistence.Publishing;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace LoopBus.Persistence.Outbox;

/// <summary>Publishes stored messages with the broker's confirms; what is confirmed is removed, what is not stays with its error and a later time.</summary>
internal sealed class OutboxSender(
    Publisher publisher,
    MessageStore store,
    OutboxRemovals removals,
    PersistenceMetrics metrics,
    TimeProvider time,
    IOptions<PersistenceOptions> options,
    ILogger<OutboxSender> logger)
{
    /// <summary>Sends claimed rows that are not being sent already.</summary>
    public Task Send(List<OutboxMessage> claimed, CancellationToken cancellationToken) => SendBegun(claimed.FindAll(removals.Begin), cancellationToken);

    /// <summary>Sends rows that are marked as being sent: all at once, in their order.</summary>
    public async Task SendBegun(List<OutboxMessage> messages, CancellationToken cancellationToken)
    {
        if (messages.Count == 0)
            return;
        using var timeout = new CancellationTokenSource(options.Value.SendTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        var publications = messages.ConvertAll(Publish);
        List<OutboxMessage>? unsent = null;
        Exception? first = null;
        for (var index = 0; index < messages.Count; index++)
        {
            var (message, publication) = (messages[index], publications[index]);
            try
            {
                if (publication is not null)
                {
                    await publication.Confirmed.WaitAsync(either.Token);
                    metrics.Sent();
                }
                removals.Sent(message);
            }
            catch (Exception exception)
            {
                publication!.Abandon();
                message.LastError = Text(exception);
                first ??= exception;
                (unsent ??= []).Add(message);
            }
        }
        if (unsent is not null)
            await Postpone(unsent, first!);
    }

    private Publication? Publish(OutboxMessage message)
    {
        var amqp = message.Said ?? AmqpMessage.FromJson(message.Envelope);
        var now = time.GetUtcNow();
        if (amqp.ExpiresAt <= now)
        {
            logger.MessageExpired(message.MessageId, message.MessageType, amqp.ExpiresAt);
            return null;
        }
        var publication = new Publication(amqp, message.Body, amqp.ExpiresAt - now);
        publisher.Publish(publication);
        return publication;
    }

    private async Task Postpone(List<OutboxMessage> messages, Exception first)
    {
        metrics.NotSent(messages.Count);
        var now = time.GetUtcNow();
        foreach (var message in messages)
        {
            var seconds = Math.Min(Math.Pow(2, Math.Clamp(message.Attempts - 1, 0, 20)), options.Value.MaxBackoff.TotalSeconds);
            message.VisibleAt = now + TimeSpan.FromSeconds(seconds);
            removals.NotSent(message);
        }
        logger.MessagesNotSent(first, messages.Count, messages[0].MessageType, messages[0].Destination, messages[0].Attempts, messages[0].VisibleAt);
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
