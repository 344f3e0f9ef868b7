using System.Collections.Concurrent;
using LoopBus.Testing;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace LoopBus.Acceptance.Tests.Stage;

/// <summary>A queue of the test's own that collects what comes to it: answers to triggers, or the outcomes of runs.</summary>
internal sealed class Answers : IAsyncDisposable
{
    private readonly ConcurrentQueue<Answer> arrived = new();
    private IConnection? connection;
    private IChannel? channel;

    /// <summary>Told of each as it comes.</summary>
    public Action<Answer> Arrived { get; set; } = _ => { };

    public string Queue { get; private set; } = "";

    public IReadOnlyList<Answer> All => [.. arrived];

    public static async Task<Answers> Open(LoopBusSystem system, string? exchange = null)
    {
        var answers = new Answers();
        await answers.Listen(system, exchange);
        return answers;
    }

    public Task<Answer> With(string performative, TimeSpan? deadline = null) => Eventually.Value(
        () => Task.FromResult(All.FirstOrDefault(answer => answer.Performative == performative)),
        deadline ?? TimeSpan.FromSeconds(30),
        $"an answer {performative} comes; there came {string.Join(", ", All.Select(answer => answer.Text))}");

    public async ValueTask DisposeAsync()
    {
        await (channel?.DisposeAsync() ?? ValueTask.CompletedTask);
        await (connection?.DisposeAsync() ?? ValueTask.CompletedTask);
    }

    private async Task Listen(LoopBusSystem system, string? exchange)
    {
        connection = await system.Connect();
        channel = await connection.CreateChannelAsync();
        Queue = (await channel.QueueDeclareAsync("", durable: false, exclusive: true, autoDelete: true)).QueueName;
        if (exchange is not null)
            await channel.QueueBindAsync(Queue, exchange, "#");
        var consumer = new AsyncEventingBasicConsumer(channel);
        consumer.ReceivedAsync += (_, delivery) =>
        {
            var answer = Answer.Of(delivery.BasicProperties, delivery.RoutingKey, delivery.Body);
            arrived.Enqueue(answer);
            Arrived(answer);
            return Task.CompletedTask;
        };
        await channel.BasicConsumeAsync(Queue, autoAck: true, consumer);
    }
}
