using System.Collections.Concurrent;
using System.Text.Json;
using LoopBus.Coordinator.Tests.World;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace LoopBus.Coordinator.Tests.Overload;

/// <summary>The ends of runs, and the answers to triggers, with when they came.</summary>
internal sealed class Outcomes : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, TaskCompletionSource<long>> ends = new();
    private IConnection? connection;
    private IChannel? channel;

    /// <summary>Where triggers want their answers.</summary>
    public string Replies { get; private set; } = "";

    /// <summary>Agree or refuse, by the trigger's correlation id, which is its task.</summary>
    public ConcurrentDictionary<string, JsonElement> Answers { get; } = new();

    public static async Task<Outcomes> Open(CrowdedWorld world)
    {
        var outcomes = new Outcomes();
        await outcomes.Listen(world);
        return outcomes;
    }

    /// <summary>When the run ended, as a timestamp.</summary>
    public Task<long> EndOf(string task) => End(task).Task;

    public bool HasEnded(string task) => End(task).Task.IsCompleted;

    public async ValueTask DisposeAsync()
    {
        await (channel?.DisposeAsync() ?? ValueTask.CompletedTask);
        await (connection?.DisposeAsync() ?? ValueTask.CompletedTask);
    }

    private async Task Listen(CrowdedWorld world)
    {
        connection = await world.Broker.Connect();
        channel = await connection.CreateChannelAsync();
        Replies = (await channel.QueueDeclareAsync("", exclusive: true, autoDelete: true)).QueueName;
        var ended = (await channel.QueueDeclareAsync("", exclusive: true, autoDelete: true)).QueueName;
        await channel.QueueBindAsync(ended, "outcome", "#");
        await Consume(Replies, (json, id) => Answers.TryAdd(id!, json));
        await Consume(ended, (json, _) => End(json.GetProperty("taskId").GetString()!).TrySetResult(TimeProvider.System.GetTimestamp()));
    }

    private TaskCompletionSource<long> End(string task) =>
        ends.GetOrAdd(task, _ => new TaskCompletionSource<long>(TaskCreationOptions.RunContinuationsAsynchronously));

    private async Task Consume(string queue, Action<JsonElement, string?> came)
    {
        var consumer = new AsyncEventingBasicConsumer(channel!);
        consumer.ReceivedAsync += (_, delivery) =>
        {
            var json = JsonSerializer.Deserialize<JsonElement>(delivery.Body.Span);
            if (json.TryGetProperty("performative", out var act) && act.GetString() is "inform" or "failure" && queue == Replies)
                return Task.CompletedTask;
            came(json, delivery.BasicProperties.CorrelationId);
            return Task.CompletedTask;
        };
        await channel!.BasicConsumeAsync(queue, autoAck: true, consumer);
    }
}
