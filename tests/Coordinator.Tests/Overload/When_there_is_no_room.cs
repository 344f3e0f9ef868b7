using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using LoopBus.Contracts.Acts;
using LoopBus.Contracts.Runs;
using LoopBus.Coordinator.Tests.World;
using LoopBus.Testing;
using RabbitMQ.Client;

namespace LoopBus.Coordinator.Tests.Overload;

[Collection("crowded world")]
public sealed class When_there_is_no_room(CrowdedWorld world)
{
    private readonly string task = $"late-{Guid.NewGuid():n}";

    [Fact]
    public async Task Should_refuse_over_http_and_say_when_to_come_again()
    {
        await using var crowd = await Crowd.Gather(world);

        var answer = await Post(task);

        answer.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        answer.Headers.RetryAfter!.Delta!.Value.TotalSeconds.ShouldBeInRange(1, 60);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        (await answer.Content.ReadAsStringAsync()).ShouldContain("MostActiveRuns");
        (await world.Http.GetAsync($"/runs/{task}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Should_know_a_task_that_was_taken()
    {
        await using var crowd = await Crowd.Gather(world);

        foreach (var taken in crowd.Tasks.Take(3))
            (await Post(taken)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Should_refuse_whoever_can_be_told()
    {
        await using var crowd = await Crowd.Gather(world);
        await using var connection = await world.Broker.Connect();
        await using var channel = await connection.CreateChannelAsync();
        var replies = (await channel.QueueDeclareAsync("", exclusive: true, autoDelete: true)).QueueName;

        await Publish(task, replies);

        var got = await Eventually.Value(() => channel.BasicGetAsync(replies, autoAck: true), WorldFixture.Patience, "an answer");
        var answer = JsonSerializer.Deserialize<JsonElement>(got.Body.Span);
        answer.GetProperty("performative").GetString().ShouldBe("refuse");
        answer.GetProperty("reason").GetProperty("code").GetString().ShouldBe("overloaded");
        answer.GetProperty("retryAfter").GetInt32().ShouldBeInRange(1, 60);
    }

    [Fact]
    public async Task Should_refuse_another_service()
    {
        await using var crowd = await Crowd.Gather(world);

        var refuse = await world.Ask<Request<RunLoop>, Refuse<RunLoop>>(new Request<RunLoop>(new RunLoop(task, "chain", Input: null)));

        refuse.Reason.Code.ShouldBe("overloaded");
        refuse.Reason.Retryable.ShouldBeTrue();
        refuse.Reason.RetryAfterSeconds!.Value.ShouldBeInRange(1, 60);
    }

    [Fact]
    public async Task Should_let_wait_whoever_can_not_be_told_until_there_is_room()
    {
        await using (await Crowd.Gather(world))
        {
            await Publish(task);

            await Eventually.True(async () => await world.Broker.Ready("trigger") == 0, WorldFixture.Patience, "the trigger is in hand");
            (await world.Http.GetAsync($"/runs/{task}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        }

        await Eventually.True(async () => (await world.Http.GetAsync($"/runs/{task}")).IsSuccessStatusCode, WorldFixture.Patience, "the run begins");
        await world.Until(task, "completed");
    }

    [Fact]
    public async Task Should_not_count_runs_that_wait_for_people()
    {
        for (var waiting = 0; waiting < CrowdedWorld.MostRuns; waiting++)
            await world.Until(await BeginWhenThereIsRoom("gated", new { to = "bob" }), "awaiting-approval");

        await world.Until(await BeginWhenThereIsRoom("chain"), "completed");
    }

    // Those who have left, or wait by now, count until the load is measured again.
    private Task<string> BeginWhenThereIsRoom(string loop, object? input = null) =>
        Eventually.Value<string>(async () => await world.Begin(loop, input), WorldFixture.Patience, $"there is room for {loop}");

    private Task<HttpResponseMessage> Post(string taskId) => world.Http.PostAsJsonAsync("/runs", new { taskId, taskType = "chain" });

    private Task Publish(string taskId, string? replyTo = null)
    {
        var properties = new BasicProperties();
        if (replyTo is not null)
            properties.ReplyTo = replyTo;

        return world.Broker.Publish("", "trigger", Encoding.UTF8.GetBytes($$"""{ "taskId": "{{taskId}}", "taskType": "chain" }"""), properties);
    }
}
