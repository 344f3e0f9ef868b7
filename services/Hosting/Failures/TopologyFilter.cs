using LoopBus.Hosting.Acl;
using MassTransit;
using MassTransit.RabbitMqTransport;
using Microsoft.Extensions.Logging;

namespace LoopBus.Hosting.Failures;

/// <summary>Declares what no endpoint owns, before an endpoint consumes: the dead-letter queues and the exchange of outcomes; and bounds its acknowledgements.</summary>
internal sealed class TopologyFilter(BrokerOptions options, TimeProvider time, ILogger<TopologyFilter> logger) : IFilter<ChannelContext>
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
        await next.Send(new BoundedChannel(context, time, logger));
    }

    public void Probe(ProbeContext context) => context.CreateFilterScope("topology");
}
