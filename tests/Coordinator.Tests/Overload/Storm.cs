using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using LoopBus.Coordinator.Tests.World;
using RabbitMQ.Client;

namespace LoopBus.Coordinator.Tests.Overload;

/// <summary>Triggers over HTTP and through the queue, as many as come and whatever becomes of them.</summary>
internal sealed class Storm(CrowdedWorld world, Outcomes outcomes)
{
    private static readonly TimeProvider Time = TimeProvider.System;

    /// <summary>Tasks that were taken over HTTP, and when they were offered.</summary>
    public ConcurrentDictionary<string, long> Taken { get; } = new();

    public ConcurrentBag<HttpResponseMessage> Refused { get; } = [];

    public ConcurrentBag<HttpStatusCode> Others { get; } = [];

    /// <summary>Tasks that were published with a reply queue, and without.</summary>
    public ConcurrentBag<string> Asking { get; } = [];

    public ConcurrentBag<string> Mute { get; } = [];

    /// <summary>How many runs a second end while so many are always in hand.</summary>
    public async Task<double> Capacity(int inHand, TimeSpan duration)
    {
        var (began, ended) = (Time.GetTimestamp(), 0);
        await Task.WhenAll(Enumerable.Range(0, inHand).Select(async _ =>
        {
            while (Time.GetElapsedTime(began) < duration)
            {
                var task = await Post();
                if (task is null)
                    continue;
                await outcomes.EndOf(task);
                Interlocked.Increment(ref ended);
            }
        }));
        return ended / Time.GetElapsedTime(began).TotalSeconds;
    }

    /// <summary>Offers so many a second, whether any is done or not: of ten, eight over HTTP, and one each through the queue with and without a reply queue.</summary>
    public async Task Offer(double rate, TimeSpan duration)
    {
        await using var connection = await world.Broker.Connect();
        await using var channel = await connection.CreateChannelAsync();
        var (began, offered, under) = (Time.GetTimestamp(), 0, new List<Task>());
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(20), Time);

        while (Time.GetElapsedTime(began) < duration && await tick.WaitForNextTickAsync())
            for (; offered < Time.GetElapsedTime(began).TotalSeconds * rate; offered++)
                if (offered % 10 == 8)
                    await Publish(channel, Asking, outcomes.Replies);
                else if (offered % 10 == 9)
                    await Publish(channel, Mute, null);
                else
                    under.Add(Post());

        await Task.WhenAll(under);
    }

    private async Task<string?> Post()
    {
        var (task, began) = ($"storm-{Guid.NewGuid():n}", Time.GetTimestamp());
        var answer = await world.Http.PostAsJsonAsync("/runs", new { taskId = task, taskType = "quick" });
        if (answer.StatusCode == HttpStatusCode.Accepted)
            Taken[task] = began;
        else if (answer.StatusCode == HttpStatusCode.TooManyRequests)
            Refused.Add(answer);
        else
            Others.Add(answer.StatusCode);
        return answer.StatusCode == HttpStatusCode.Accepted ? task : null;
    }

    private static async Task Publish(IChannel channel, ConcurrentBag<string> tasks, string? replyTo)
    {
        var task = $"storm-{Guid.NewGuid():n}";
        var properties = new BasicProperties { CorrelationId = task };
        if (replyTo is not null)
            properties.ReplyTo = replyTo;
        await channel.BasicPublishAsync("", "trigger", mandatory: true, properties, Encoding.UTF8.GetBytes($$"""{ "taskId": "{{task}}", "taskType": "quick" }"""));
        tasks.Add(task);
    }
}
