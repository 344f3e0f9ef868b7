using System.Threading.Channels;
using LoopBus.Testing.Processes;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace LoopBus.Chaos.Faults;

/// <summary>Takes messages out of a service's queue before the service gets them, and puts them back in another order, some of them twice, some of them later.</summary>
internal static class Shuffle
{
    private const ushort Hand = 8;
    private static readonly string[] Queues = ["coordinator", "executor", "planner", "critic", "approval"];
    private static readonly CreateChannelOptions Confirming = new(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true);

    /// <summary>How many messages were put back, and how many of them twice.</summary>
    public static async Task<(int Moved, int Doubled)> Strike(Installation installation, Fault fault, TimeProvider time)
    {
        var random = new Random(fault.Count);
        // most of what is said goes to the first two
        var queue = Queues[random.Next(3) < 2 ? random.Next(2) : random.Next(Queues.Length)];
        var (moved, doubled) = (0, 0);
        await using var connection = await installation.Connect();
        await using var channel = await connection.CreateChannelAsync(Confirming);
        await channel.BasicQosAsync(0, Hand, global: false);
        var taken = Channel.CreateUnbounded<(ulong Tag, BasicProperties Properties, byte[] Body)>();
        var consumer = new AsyncEventingBasicConsumer(channel);
        consumer.ReceivedAsync += (_, delivery) =>
        {
            taken.Writer.TryWrite((delivery.DeliveryTag, new BasicProperties(delivery.BasicProperties), delivery.Body.ToArray()));
            return Task.CompletedTask;
        };
        // before the service itself
        var tag = await channel.BasicConsumeAsync(queue, autoAck: false, "", noLocal: false, exclusive: false, new Dictionary<string, object?> { ["x-priority"] = 10 }, consumer);
        for (var began = time.GetTimestamp(); time.GetElapsedTime(began) < fault.Length;)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(random.Next(400)), time);
            await PutBack();
        }

        // What is in hand when the channel closes goes back to the queue by itself.
        await channel.BasicCancelAsync(tag);
        await PutBack();
        return (moved, doubled);

        async Task PutBack()
        {
            var hand = new List<(ulong Tag, BasicProperties Properties, byte[] Body)>();
            while (taken.Reader.TryRead(out var message))
                hand.Add(message);
            foreach (var message in hand.OrderBy(_ => random.Next()).ToList())
            {
                // Its count of deliveries is the broker's: a message that a thief had is a new one.
                message.Properties.Headers?.Remove("x-delivery-count");
                var copies = random.NextDouble() < 0.4 ? 2 : 1;
                for (var copy = 0; copy < copies; copy++)
                    await channel.BasicPublishAsync("", queue, mandatory: true, message.Properties, message.Body);
                await channel.BasicAckAsync(message.Tag, multiple: false);
                moved++;
                doubled += copies - 1;
            }
        }
    }
}
