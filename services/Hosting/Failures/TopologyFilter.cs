using LoopBus.Hosting.Acl;
using MassTransit;
using MassTransit.RabbitMqTransport;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace LoopBus.Hosting.Failures;

/// <summary>
/// Sees to what no endpoint owns, before an endpoint consumes: the dead-letter queues and the exchange of outcomes. Who finds them all needs no right
/// to declare them; who does not, and may not, fails, and tries again until they are there.
/// </summary>
internal sealed class TopologyFilter(BrokerOptions options) : IFilter<ChannelContext>
{
    private static readonly string[] Queues = [DeadLetters.Queue, DeadLetters.Intake];

    public async Task Send(ChannelContext context, IPipe<ChannelContext> next)
    {
        if (!await AreThere(context.ConnectionContext.Connection, context.CancellationToken))
            await Declare(context);
        await next.Send(context);
    }

    public void Probe(ProbeContext context) => context.CreateFilterScope("topology");

    // On a channel of its own: what is missing closes it.
    private static async Task<bool> AreThere(IConnection connection, CancellationToken cancellationToken)
    {
        await using var channel = await connection.CreateChannelAsync(cancellationToken: cancellationToken);
        try
        {
            foreach (var name in Queues)
            {
                await channel.QueueDeclarePassiveAsync(name, cancellationToken);
                await channel.ExchangeDeclarePassiveAsync(name, cancellationToken);
            }

            await channel.ExchangeDeclarePassiveAsync(AmqpHeaders.OutcomeExchange, cancellationToken);
            return true;
        }
        catch (OperationInterruptedException missing) when (missing.ShutdownReason?.ReplyCode == Constants.NotFound)
        {
            return false;
        }
    }

    // The exchange of outcomes comes last: where it is, all of this was done.
    private async Task Declare(ChannelContext context)
    {
        foreach (var queue in Queues)
        {
            await context.ExchangeDeclare(queue, "fanout", durable: true, autoDelete: false, new Dictionary<string, object?>());
            await context.QueueDeclare(queue, durable: true, exclusive: false, autoDelete: false, DeadLetters.QueueArguments(queue, options));
            await context.QueueBind(queue, queue, "", new Dictionary<string, object?>());
        }

        await context.ExchangeDeclare(AmqpHeaders.OutcomeExchange, "topic", durable: true, autoDelete: false, new Dictionary<string, object?>());
    }
}
