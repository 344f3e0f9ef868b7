using MassTransit;

namespace LoopBus.Persistence.Publishing;

/// <summary>The exchange and routing key of a MassTransit address.</summary>
/// <param name="Declared">What the exchange is declared as; null where it is not to be declared.</param>
internal sealed record Destination(string Exchange, string RoutingKey, ExchangeKind? Declared)
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
        // Addressed as a queue, which what is published never is: who sends to it need not be able to declare its exchange.
        if (address.BindToQueue)
            return new Destination("", address.QueueName ?? address.Name, null);
        var isBrokers = context.Exchange.StartsWith("amq.", StringComparison.Ordinal);
        return new Destination(context.Exchange, routingKey, isBrokers ? null : new ExchangeKind(address.ExchangeType, address.Durable, address.AutoDelete));
    }
}
