using RabbitMQ.Client.Events;

namespace LoopBus.Persistence.Publishing;

/// <summary>What was published on one channel and waits for its confirm, by the numbers that publisher confirms count (RabbitMQ's extension of AMQP 0-9-1).</summary>
internal sealed class Unconfirmed
{
    private readonly Lock gate = new();
    private readonly Dictionary<ulong, Publication> publications = [];
    private ulong last;
    private ulong first = 1;
    private Exception? ended;

    /// <summary>Numbers a publication, before it is written.</summary>
    public void Add(Publication publication)
    {
        lock (gate)
        {
            if (ended is not null)
                publication.Fail(ended);
            else
                publications.Add(++last, publication);
        }
    }

    /// <summary>Ends one publication, or all up to this number: with success, or with an error.</summary>
    public void Settle(ulong number, bool multiple, Exception? error = null)
    {
        lock (gate)
        {
            for (var each = multiple ? first : number; each <= number; each++)
            {
                if (!publications.Remove(each, out var publication))
                    continue;
                if (error is null)
                    publication.Confirm();
                else
                    publication.Fail(error);
            }
            while (first <= last && !publications.ContainsKey(first))
                first++;
        }
    }

    /// <summary>Fails what the broker gives back; its confirm comes next.</summary>
    public void Returned(BasicReturnEventArgs returned)
    {
        var error = new MessageReturnedException(
            $"The broker gave the message back: {returned.ReplyCode} {returned.ReplyText}. Nothing is bound to exchange '{returned.Exchange}' for routing key '{returned.RoutingKey}'.");
        lock (gate)
            foreach (var publication in publications.Values)
                if (Same(publication.Message, returned))
                    publication.Fail(error);
    }

    /// <summary>Fails all, and whatever is added later.</summary>
    public void End(Exception error)
    {
        lock (gate)
        {
            ended = error;
            foreach (var publication in publications.Values)
                publication.Fail(error);
            publications.Clear();
        }
    }

    private static bool Same(AmqpMessage message, BasicReturnEventArgs returned) =>
        message.MessageId == returned.BasicProperties.MessageId && message.Exchange == returned.Exchange && message.RoutingKey == returned.RoutingKey;
}
