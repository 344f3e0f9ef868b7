using LoopBus.Contracts.Acts;
using MassTransit;

namespace LoopBus.Hosting.Acl;

/// <summary>
/// AMQP properties that a plain message needs travel as headers as far as the transport, because an outbox keeps headers and may keep
/// nothing else of the transport; here they become properties again.
/// </summary>
internal static class AmqpHeaders
{
    // The name under which the transport reaches the default exchange, where the routing key is the queue.
    public const string DefaultExchange = "amq.rabbitmq.reply-to";

    public const string OutcomeExchange = "outcome";

    public static void Move(RabbitMqSendContext context)
    {
        context.Mandatory = !MayVanish(context);
        Take(context, HeaderNames.AmqpCorrelationId, (c, value) =>
        {
            c.CorrelationId = null;
            c.BasicProperties.CorrelationId = value;
        });
        Take(context, HeaderNames.AmqpMessageId, (c, value) =>
        {
            c.MessageId = null;
            c.BasicProperties.MessageId = value;
        });
        Take(context, HeaderNames.AmqpReplyTo, (c, value) => c.BasicProperties.ReplyTo = value);
        Take(context, HeaderNames.AmqpType, (c, value) => c.BasicProperties.Type = value);
    }

    // Nobody need follow outcomes, a foreign reply queue or a process that asked may be gone, and a service need not hear that it was not understood.
    private static bool MayVanish(RabbitMqSendContext context) =>
        context.Exchange is DefaultExchange or OutcomeExchange
        || (context.DestinationAddress?.Query.Contains("temporary=true", StringComparison.Ordinal) == true && !context.TryGetPayload(out PublishContext? _))
        || (context.Headers.TryGetHeader(AclParameter.Performative, out var act) && (act is Performative.NotUnderstood || (act is Performative.RejectProposal && IsToOneQueue(context))));

    // Somebody who bid and is gone need not hear that another has it.
    private static bool IsToOneQueue(RabbitMqSendContext context) => context.DestinationAddress?.Query.Contains("bind=true", StringComparison.Ordinal) == true;

    private static void Take(RabbitMqSendContext context, string key, Action<RabbitMqSendContext, string> set)
    {
        if (!context.Headers.TryGetHeader(key, out var value) || value is not string text)
            return;

        context.Headers.Set(key, null);
        set(context, text);
    }
}
