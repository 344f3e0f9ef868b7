using LoopBus.Hosting.Acl;
using MassTransit;
using MassTransit.RabbitMqTransport;

namespace LoopBus.Hosting.Failures;

/// <summary>Declares what no endpoint owns, before an endpoint consumes: the dead-letter queues and the exchange of outcomes.</summary>
internal sealed class TopologyFilter(BrokerOptions options) : IFilter<ChannelContext>
{
    public async Task Send(ChannelContext context, IPipe<ChannelContext> next)
    {
        foreach (var queue in new[] { DeadLetters.Queue, DeadLetters.Intake })
        {
            await context.ExchangeDeclare(queue, "fanout", durable: true, autoDelete: false, new Dictionary<string, object?>());
            await context.QueueDeclare(queue, durable: true, exclusive: false, autoDelete: false, DeadLetters.QueueArguments(queue, options));
            await context.QueueBind(queue, queue, "", new Dictionary<string, object?>());
        }

        await context.ExchangeDeclare(AmqpHeaders.OutcomeExchange, "topic", durable: true, autoDelete: false, new Dictionary<string, object?>());
        await next.Send(context);
    }

    public void Probe(ProbeContext context) => context.CreateFilterScope("topology");
}
