using System.Collections.Concurrent;
using System.Text.Json;
using LoopBus.Testing.Processes;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace LoopBus.Benchmarks.Loads;

/// <summary>
/// A closed loop: as many runs under way as there are workers, each begun when one has ended. A run lasts from the publishing of its trigger
/// (confirmed) until its outcome has come from the exchange <c>outcome</c>.
/// </summary>
internal sealed class Load : IAsyncDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(120);

    private readonly ConcurrentDictionary<string, TaskCompletionSource<JsonElement>> waiting = new();
    private readonly ConcurrentQueue<EndedRun> ended = new();
    private readonly CancellationTokenSource enough = new();
    private readonly IConnection connection;
    private readonly IChannel triggers;
    private readonly TimeProvider time;
    private Task working = Task.CompletedTask;
    private long last;

    private Load(IConnection connection, IChannel triggers, TimeProvider time) => (this.connection, this.triggers, this.time) = (connection, triggers, time);

    /// <summary>What the task ids of this load begin with.</summary>
    public string Prefix { get; } = $"bench-{Guid.NewGuid().ToString("n")[..8]}";

    /// <summary>The task of the run that was begun last.</summary>
    public string LastTask { get; private set; } = "";

    public static async Task<Load> Open(Installation installation, TimeProvider time)
    {
        var connected = await installation.Connect();
        var confirming = new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true, outstandingPublisherConfirmationsRateLimiter: null);
        var load = new Load(connected, await connected.CreateChannelAsync(confirming), time);
        await load.Listen();
        return load;
    }

    /// <summary>Keeps so many runs under way until <see cref="Stop"/>; what a worker does while its run waits, such as to approve it, comes as <paramref name="meanwhile"/>.</summary>
    public void Start(string loop, object input, int workers, Func<string, Task>? meanwhile = null) =>
        working = Task.WhenAll(Enumerable.Range(0, workers).Select(_ => Task.Run(() => Work(loop, input, meanwhile))));

    /// <summary>Lets time pass; fails at once where a run does.</summary>
    public async Task For(TimeSpan length)
    {
        var pause = Task.Delay(length, time);
        if (await Task.WhenAny(pause, working) == working)
            await working;
        await pause;
    }

    public async Task Stop()
    {
        await enough.CancelAsync();
        await working;
    }

    /// <summary>One run from trigger to outcome.</summary>
    public async Task<TimeSpan> Run(string loop, object input, Func<string, Task>? meanwhile = null)
    {
        var began = time.GetTimestamp();
        var task = Next();
        var outcome = waiting[task] = new TaskCompletionSource<JsonElement>(TaskCreationOptions.RunContinuationsAsynchronously);
        await Publish(task, loop, input);
        if (meanwhile is not null)
            await meanwhile(task);
        var told = await outcome.Task.WaitAsync(Deadline, time);
        if (told.GetProperty("status").GetString() != "completed")
            throw new InvalidOperationException($"Figures of runs that fail say nothing, and this one of {loop} did: {told}");
        var length = time.GetElapsedTime(began);
        ended.Enqueue(new EndedRun(time.GetTimestamp(), length));
        return length;
    }

    /// <summary>Starts a run and leaves it to itself.</summary>
    public Task Trigger(string loop, object input) => Publish(Next(), loop, input);

    /// <summary>How many runs have ended.</summary>
    public int Ended => ended.Count;

    /// <summary>The runs that ended between two moments.</summary>
    public IReadOnlyList<TimeSpan> Between(long from, long to) => [.. ended.Where(run => run.At > from && run.At <= to).Select(run => run.Length)];

    public async ValueTask DisposeAsync()
    {
        await enough.CancelAsync();
        await triggers.DisposeAsync();
        await connection.DisposeAsync();
        enough.Dispose();
    }

    // as long as one another: the web's search finds by parts of an id
    private string Next() => LastTask = $"{Prefix}-{Interlocked.Increment(ref last):d7}";

    private async Task Publish(string task, string loop, object input) => await triggers.BasicPublishAsync(
        "", "trigger", mandatory: true, new BasicProperties { Persistent = true, ContentType = "application/json" },
        JsonSerializer.SerializeToUtf8Bytes(new { taskId = task, taskType = loop, input, triggeredBy = "benchmark" }));

    // Where one run fails, the others are not begun again: the measurement is over.
    private async Task Work(string loop, object input, Func<string, Task>? meanwhile)
    {
        try
        {
            while (!enough.IsCancellationRequested)
                await Run(loop, input, meanwhile);
        }
        finally
        {
            await enough.CancelAsync();
        }
    }

    private async Task Listen()
    {
        var channel = await connection.CreateChannelAsync();
        var queue = (await channel.QueueDeclareAsync("", durable: false, exclusive: true, autoDelete: true)).QueueName;
        await channel.QueueBindAsync(queue, "outcome", "#");
        var consumer = new AsyncEventingBasicConsumer(channel);
        consumer.ReceivedAsync += (_, delivery) =>
        {
            var outcome = JsonSerializer.Deserialize<JsonElement>(delivery.Body.Span);
            if (waiting.TryRemove(outcome.GetProperty("taskId").GetString()!, out var run))
                run.SetResult(outcome);
            return Task.CompletedTask;
        };
        await channel.BasicConsumeAsync(queue, autoAck: true, consumer);
    }
}
