using LoopBus.Testing;
using RabbitMQ.Client;

namespace LoopBus.Acceptance.Tests.Stage;

/// <summary>The queue dead-letter, as an operator's program reads it.</summary>
internal static class DeadLetters
{
    /// <summary>Takes messages off the queue until one fits.</summary>
    public static async Task<Answer> Take(LoopBusSystem system, Func<Answer, bool> fits, string what)
    {
        await using var connection = await system.Connect();
        await using var channel = await connection.CreateChannelAsync();
        return await Eventually.Value(
            async () =>
            {
                var message = await channel.BasicGetAsync("dead-letter", autoAck: true);
                if (message is null)
                    return null;
                var letter = Answer.Of(message.BasicProperties, message.RoutingKey, message.Body);
                return fits(letter) ? letter : null;
            },
            TimeSpan.FromSeconds(30),
            $"{what} is in the queue dead-letter");
    }

    public static async Task<uint> Count(LoopBusSystem system)
    {
        await using var connection = await system.Connect();
        await using var channel = await connection.CreateChannelAsync();
        return (await channel.QueueDeclarePassiveAsync("dead-letter")).MessageCount;
    }
}
