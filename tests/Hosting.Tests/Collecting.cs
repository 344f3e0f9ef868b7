using System.Text;
using LoopBus.Testing;
using RabbitMQ.Client;

namespace LoopBus.Hosting.Tests;

/// <summary>A client that knows nothing of LoopBus: its own queue, bound to an exchange.</summary>
internal static class Collecting
{
    public static async Task<string> Bind(this BrokerFixture broker, string exchange, string type = "fanout", string routingKey = "")
    {
        await using var connection = await broker.Connect();
        await using var channel = await connection.CreateChannelAsync();
        await channel.ExchangeDeclareAsync(exchange, type, durable: true);
        var queue = await channel.QueueDeclareAsync($"seen-{Guid.NewGuid():n}", durable: true, exclusive: false, autoDelete: false);
        await channel.QueueBindAsync(queue.QueueName, exchange, routingKey);
        return queue.QueueName;
    }

    public static async Task Purge(this BrokerFixture broker, string queue)
    {
        await using var connection = await broker.Connect();
        await using var channel = await connection.CreateChannelAsync();
        await channel.QueuePurgeAsync(queue);
    }

    public static Task<BasicGetResult> Next(this BrokerFixture broker, string queue) =>
        Eventually.Value(() => broker.Take(queue), TimeSpan.FromSeconds(30), $"a message arrives on {queue}");

    public static string? Header(this BasicGetResult message, string name) =>
        message.BasicProperties.Headers?.TryGetValue(name, out var value) == true
            ? value is byte[] bytes ? Encoding.UTF8.GetString(bytes) : value?.ToString()
            : null;

    public static string Text(this BasicGetResult message) => Encoding.UTF8.GetString(message.Body.Span);
}
