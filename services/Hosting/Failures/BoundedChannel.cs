using MassTransit;
using MassTransit.RabbitMqTransport;
using Microsoft.Extensions.Logging;
using RabbitMQ.Client;

namespace LoopBus.Hosting.Failures;

/// <summary>
/// A channel whose acknowledgements and publishes end. When a connection dies under load, the client's bounded write queue can stay full for good
/// (rabbitmq-dotnet-client issues 1826 and 1930): an acknowledgement then waits for ever, and with it the endpoint, which reconnects only after
/// its last delivery is done. The broker delivers again what was not acknowledged.
/// </summary>
internal sealed class BoundedChannel(ChannelContext channel, TimeProvider time, ILogger logger)
    : ScopeChannelContext(channel, channel.CancellationToken), ChannelContext
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);
    private readonly ChannelContext channel = channel;

    async ValueTask ChannelContext.BasicAck(ulong deliveryTag, bool multiple) => await Bound(channel.BasicAck(deliveryTag, multiple).AsTask());

    Task ChannelContext.BasicNack(ulong deliveryTag, bool multiple, bool requeue) => Bound(channel.BasicNack(deliveryTag, multiple, requeue));

    Task ChannelContext.BasicPublishAsync(
        string exchange, string routingKey, bool mandatory, BasicProperties basicProperties, byte[] body, bool awaitAck) =>
        Bound(channel.BasicPublishAsync(exchange, routingKey, mandatory, basicProperties, body, awaitAck));

    private async Task Bound(Task write)
    {
        try
        {
            await write.WaitAsync(Longest, time);
        }
        catch (TimeoutException exception)
        {
            FailureLog.ChannelStuck(logger, Longest);
            throw new OperationCanceledException("The channel did not answer in time: its connection is gone.", exception);
        }
    }
}
