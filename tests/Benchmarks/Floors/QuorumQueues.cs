using RabbitMQ.Client;

namespace LoopBus.Benchmarks.Floors;

internal static class QuorumQueues
{
    public static Task<IChannel> Confirming(IConnection connection) =>
        connection.CreateChannelAsync(new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true, outstandingPublisherConfirmationsRateLimiter: null));

    public static Task Declare(IChannel channel, string queue, params (string Name, object? Value)[] arguments) =>
        channel.QueueDeclareAsync(
            queue, durable: true, exclusive: false, autoDelete: false,
            arguments.Append(("x-queue-type", "quorum")).ToDictionary(one => one.Item1, one => one.Item2));
}
