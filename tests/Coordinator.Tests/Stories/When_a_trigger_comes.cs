using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using LoopBus.Coordinator.Tests.World;
using LoopBus.Testing;
using RabbitMQ.Client;

namespace LoopBus.Coordinator.Tests.Stories;

[Collection("world")]
public sealed class When_a_trigger_comes(WorldFixture world)
{
    private readonly string task = $"trigger-{Guid.NewGuid():n}";

    [Fact]
    public async Task Should_answer_plain_json_with_plain_json()
    {
        await using var connection = await world.Broker.Connect();
        await using var channel = await connection.CreateChannelAsync();
        var replies = (await channel.QueueDeclareAsync("", exclusive: true, autoDelete: true)).QueueName;
        var outcomes = (await channel.QueueDeclareAsync("", exclusive: true, autoDelete: true)).QueueName;
        await channel.QueueBindAsync(outcomes, "outcome", "chain.*");

        world.Roles.OnStep[task] = step => Roles.Done(step, """{ "backup": null }""");
        await Send($$"""{ "taskId": "{{task}}", "taskType": "chain" }""", replies, "c-1");

        var agree = await Next(channel, replies);
        agree.Body.GetProperty("performative").GetString().ShouldBe("agree");
        agree.CorrelationId.ShouldBe("c-1");
        var inform = await Next(channel, replies);
        inform.Body.GetProperty("performative").GetString().ShouldBe("inform");
        inform.Body.GetProperty("status").GetString().ShouldBe("completed");

        var routingKey = await Eventually.Value(
            async () =>
            {
                var outcome = await Next(channel, outcomes);
                return outcome.Body.GetProperty("taskId").GetString() == task ? outcome.RoutingKey : null;
            },
            WorldFixture.Patience, "the outcome is told");
        routingKey.ShouldBe("chain.completed");
    }

    [Fact]
    public async Task Should_be_one_run_however_often_it_comes()
    {
        var before = world.Roles.Plans.Count(plan => plan.Content.TaskId == task);
        world.Roles.OnStep[task] = step => Roles.Done(step, """{ "backup": null }""");

        await Task.WhenAll(Enumerable.Range(0, 20).Select(i => i % 2 == 0
            ? Send($$"""{ "taskId": "{{task}}", "taskType": "chain" }""")
            : world.Http.PostAsJsonAsync("/runs", new { taskId = task, taskType = "chain" })));

        await world.Until(task, "completed");
        await Eventually.True(async () => await world.Broker.Ready("trigger") == 0, WorldFixture.Patience, "all triggers are read");
        (world.Roles.Plans.Count(plan => plan.Content.TaskId == task) - before).ShouldBe(1);
        world.Roles.StepsOf(task).ShouldBe(["look", "change", "more", "check"]);

        var again = await world.Http.PostAsJsonAsync("/runs", new { taskId = task, taskType = "chain@1.0.0" });
        var other = await world.Http.PostAsJsonAsync("/runs", new { taskId = task, taskType = "chain", input = new { note = "another" } });
        (again.StatusCode, other.StatusCode).ShouldBe((HttpStatusCode.OK, HttpStatusCode.OK));
        (await again.Content.ReadFromJsonAsync<JsonElement>()).TryGetProperty("note", out _).ShouldBeFalse();
        (await other.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("note").GetString()!.ShouldContain("with another loop or input");
    }

    [Theory]
    [InlineData("this is no JSON", "not-understood", "unparseable")]
    [InlineData("{ \"taskId\": \"t\",\n  taskType }", "not-understood", "(nesting up to 32), line 2: ")]
    [InlineData("[]", "not-understood", "not-an-object")]
    [InlineData("""{ "taskType": "chain" }""", "not-understood", "taskId")]
    [InlineData("""{ "taskId": 7, "taskType": "chain" }""", "not-understood", "taskId")]
    [InlineData("""{ "taskId": "t", "taskType": "chain", "maxIterations": 0 }""", "not-understood", "maxIterations")]
    [InlineData("""{ "taskId": "t", "taskType": "chain", "triggeredAt": "yesterday" }""", "not-understood", "triggeredAt")]
    [InlineData("""{ "taskId": "t", "taskType": "chain", "tasktype": "x" }""", "not-understood", "tasktype")]
    [InlineData("""{ "taskId": "t", "taskType": "chain", "tenant": "a b" }""", "not-understood", "tenant")]
    [InlineData("""{ "taskId": "t", "taskType": "no-such-loop" }""", "refuse", "no-such-loop")]
    [InlineData("""{ "taskId": "t", "taskType": "chain", "input": { "note": 7 } }""", "refuse", "input.note")]
    public async Task Should_answer_a_wrong_one_and_dead_letter_it(string body, string performative, string says)
    {
        await using var connection = await world.Broker.Connect();
        await using var channel = await connection.CreateChannelAsync();
        var replies = (await channel.QueueDeclareAsync("", exclusive: true, autoDelete: true)).QueueName;

        await Send(body, replies);

        var answer = await Next(channel, replies);
        answer.Body.GetProperty("performative").GetString().ShouldBe(performative);
        answer.Body.GetRawText().ShouldContain(says);
        await Eventually.True(async () => await DeadLettered(body), WorldFixture.Patience, "the trigger is in the dead-letter intake with its reason");
    }

    [Fact]
    public async Task Should_not_take_what_is_too_large_or_too_deep()
    {
        await using var connection = await world.Broker.Connect();
        await using var channel = await connection.CreateChannelAsync();
        var replies = (await channel.QueueDeclareAsync("", exclusive: true, autoDelete: true)).QueueName;

        await Send($$"""{ "taskId": "t", "taskType": "chain", "input": { "note": "{{new string('x', 2 * 1024 * 1024)}}" } }""", replies);
        (await Next(channel, replies)).Body.GetRawText().ShouldContain("too-large");

        await Send(new string('[', 5000) + new string(']', 5000), replies);
        (await Next(channel, replies)).Body.GetRawText().ShouldContain("unparseable");
        (await world.Http.GetAsync("/health/ready")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Should_run_the_version_that_was_found_fit_over_http_whichever_copy_begins_it()
    {
        await world.Until(await world.Begin("mute", taskId: task), "completed");

        var acts = (await world.Http.GetFromJsonAsync<JsonElement>($"/runs/{task}/history")).GetProperty("acts");
        acts[0].GetProperty("payload").GetProperty("content").GetProperty("taskType").GetString().ShouldBe("mute@1.0.0");
    }

    [Fact]
    public async Task Should_name_each_wrong_field_over_http()
    {
        var answer = await world.Http.PostAsJsonAsync("/runs", new { taskId = "a b", taskType = "chain", priority = 77 });

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        var errors = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("errors");
        errors.EnumerateObject().Select(error => error.Name).ShouldBe(["taskId", "priority"], ignoreOrder: true);
    }

    [Theory]
    [InlineData("GET", "/runs?limit=abc", null, "limit", "must be a whole number.")]
    [InlineData("GET", "/runs/none/history?after=x", null, "after", "must be a whole number.")]
    [InlineData("POST", "/runs/none/cancel", "{ nearly", "body", "cannot be read, or is no field of this request (line 1 of the body).")]
    [InlineData("POST", "/runs/none/cancel", """{ "reson": "too late" }""", "reson", "cannot be read, or is no field of this request (line 1 of the body).")]
    [InlineData("POST", "/runs/none/pause", """{ "reason": 7 }""", "reason", "cannot be read, or is no field of this request (line 1 of the body).")]
    public async Task Should_name_what_it_cannot_read_in_a_request(string method, string path, string? body, string field, string what)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path) { Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json") };

        var answer = await world.Http.SendAsync(request);

        (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType).ShouldBe((HttpStatusCode.BadRequest, "application/problem+json"));
        var errors = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("errors");
        errors.GetProperty(field)[0].GetString().ShouldBe(what);
    }

    [Fact]
    public async Task Should_let_nobody_in_without_a_key()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/runs");
        request.Headers.Add("X-Api-Key", "guess");
        using var stranger = world.Stranger();

        (await stranger.SendAsync(request)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Should_list_runs_in_pages()
    {
        for (var i = 0; i < 3; i++)
            await world.Until(await world.Begin("mute"), "completed");

        var first = await world.Http.GetFromJsonAsync<JsonElement>("/runs?loop=mute&status=completed&limit=2");
        var second = await world.Http.GetFromJsonAsync<JsonElement>($"/runs?loop=mute&status=completed&limit=2&after={Uri.EscapeDataString(first.GetProperty("next").GetString()!)}");

        var ids = first.GetProperty("runs").EnumerateArray().Concat(second.GetProperty("runs").EnumerateArray()).Select(run => run.GetProperty("taskId").GetString()).ToList();
        ids.Count.ShouldBeGreaterThan(2);
        ids.Distinct().Count().ShouldBe(ids.Count);
        (await world.Http.GetAsync("/runs?status=asleep")).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    private Task Send(string body, string? replyTo = null, string? correlationId = null)
    {
        var properties = new BasicProperties();
        if (replyTo is not null)
            properties.ReplyTo = replyTo;
        if (correlationId is not null)
            properties.CorrelationId = correlationId;

        return world.Broker.Publish("", "trigger", Encoding.UTF8.GetBytes(body), properties);
    }

    private async Task<bool> DeadLettered(string body)
    {
        var letter = await world.Broker.Take("dead-letter-intake");

        return letter is not null && Encoding.UTF8.GetString(letter.Body.Span) == body && letter.BasicProperties.Headers!.ContainsKey("loopbus-reason");
    }

    private static async Task<(JsonElement Body, string? CorrelationId, string RoutingKey)> Next(IChannel channel, string queue)
    {
        var got = await Eventually.Value(() => channel.BasicGetAsync(queue, autoAck: true), WorldFixture.Patience, $"a message in {queue}");

        return (JsonSerializer.Deserialize<JsonElement>(got.Body.Span), got.BasicProperties.CorrelationId, got.RoutingKey);
    }
}
