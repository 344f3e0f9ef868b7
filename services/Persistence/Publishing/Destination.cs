using MassTransit;

namespace LoopBus.Persistence.Publishing;

/// <summary>The exchange and routing key of a MassTransit address.</summary>
/// <param name="ExchangeType">Null where the exchange is not to be declared.</param>
internal sealed record Destination(string Exchange, string RoutingKey, string? ExchangeType)
{
    // MassTransit's name for the default exchange, where the routing key is a queue.
    private const string DefaultExchange = "amq.rabbitmq.reply-to";
    private static readonly Uri Host = new("rabbitmq://localhost/");

    public static Destination Of(RabbitMqSendContext context)
    {
        var routingKey = (context as RoutingKeySendContext)?.RoutingKey ?? "";
        if (context.Exchange == DefaultExchange)
            return new Destination("", routingKey, null);
        var address = new RabbitMqEndpointAddress(Host, context.DestinationAddress!);
        // A queue of one process, or one that is addressed as a queue: no exchange of it is left behind where it has gone.
        return address.AutoDelete || address.BindToQueue
            ? new Destination("", address.QueueName ?? address.Name, null)
            : new Destination(context.Exchange, routingKey, context.Exchange.StartsWith("amq.", StringComparison.Ordinal) ? null : address.ExchangeType);
    }
}
