using System.Text;
using System.Text.Json;
using LoopBus.Acceptance.Tests.Stage;
using LoopBus.Testing;
using LoopBus.Testing.Fuzz;
using RabbitMQ.Client;

namespace LoopBus.Acceptance.Tests.Security;

[Collection(OneSystem.Name)]
public sealed class When_rubbish_comes(LoopBusSystem system)
{
    private const int Triggers = 300;
    private const int Acts = 200;

    private static readonly byte[] Trigger = Encoding.UTF8.GetBytes(Some.KeepFile("barrage"));

    private static readonly byte[][] Envelopes =
    [
        Envelope("Inform", "LoopBus.Contracts.Execution:StepResult", """{ "taskId": "barrage-nobody", "stepId": "s", "attempt": 1, "output": { "x": 1 }, "durationMs": 1 }"""),
        Envelope("Request", "LoopBus.Contracts.Runs:PauseRun", """{ "taskId": "barrage-nobody", "by": "x", "reason": "y", "at": "2026-11-20T21:00:00Z" }"""),
        Envelope("Propose", "LoopBus.Contracts.Planning:Plan", """{ "taskId": "barrage-nobody", "attempt": 1, "steps": [], "checks": [] }"""),
    ];

    [Fact]
    public async Task Should_answer_or_keep_each_with_its_reason_and_go_on()
    {
        await using var answers = await Answers.Open(system);
        var process = system.One("Coordinator").Id;
        var acts = await Throw(answers.Queue);
        var ended = new HashSet<string>();
        // A letter is on its way to the queue for a while in which no queue holds it.
        List<string> thrown = [.. Enumerable.Range(0, Triggers).Select(i => $"trigger-{i}"), .. acts.Where(act => !IsAct(act.Value)).Select(act => act.Key)];

        await system.UntilIdle();
        await using var connection = await system.Connect();
        await using var channel = await connection.CreateChannelAsync();
        await Eventually.True(
            async () =>
            {
                while (await channel.BasicGetAsync("dead-letter", autoAck: true) is { } message)
                {
                    var letter = Answer.Of(message.BasicProperties, message.RoutingKey, message.Body);
                    letter.Headers["loopbus-reason"].ShouldNotBeNullOrWhiteSpace();
                    letter.Headers["loopbus-exception"].ShouldNotBeNullOrWhiteSpace();
                    ended.Add(letter.Headers.GetValueOrDefault("barrage") ?? "");
                }

                foreach (var answer in answers.All.Where(answer => answer.Performative == "agree"))
                    ended.Add(answer.CorrelationId!);
                return thrown.All(ended.Contains);
            },
            TimeSpan.FromSeconds(60),
            () => $"each trigger is taken or kept, and what is no act is kept; not {string.Join(", ", thrown.Except(ended).Take(5))}");

        Enumerable.Range(0, Triggers).Select(i => $"trigger-{i}").Except(answers.All.Select(answer => answer.CorrelationId!)).ShouldBeEmpty("each sender is answered");
        foreach (var (id, body) in acts.Where(act => !ended.Contains(act.Key)))
            IsAct(body).ShouldBeTrue($"{id} was no act, and is in no dead letter: {Convert.ToBase64String(body)}");
        system.One("Coordinator").Id.ShouldBe(process, "the coordinator has not died");
        await system.UntilReady();
        await system.Publish(Some.KeepFile("after-the-barrage"));
        await system.Until("after-the-barrage", "completed");
    }

    private async Task<Dictionary<string, byte[]>> Throw(string replyTo)
    {
        var (triggers, envelopes) = (new Mutations(23, Trigger), new Mutations(29, Envelopes));
        var acts = new Dictionary<string, byte[]>();
        await using var connection = await system.Connect();
        await using var channel = await connection.CreateChannelAsync(new CreateChannelOptions(true, true));
        for (var i = 0; i < Triggers; i++)
            await Send("trigger", $"trigger-{i}", triggers.Next(), i % 3 == 0 ? "application/json" : "application/octet-stream");
        for (var i = 0; i < Acts; i++)
            await Send("coordinator", $"act-{i}", acts[$"act-{i}"] = envelopes.Next(), "application/vnd.masstransit+json");
        return acts;

        async Task Send(string queue, string id, byte[] body, string contentType)
        {
            var properties = new BasicProperties { ContentType = contentType, CorrelationId = id, ReplyTo = replyTo, Headers = Headers(id) };
            await channel.BasicPublishAsync("", queue, mandatory: true, properties, body);
        }
    }

    // Whatever the broker passes on; at a number that is none it closes the sender's connection.
    private static Dictionary<string, object?> Headers(string id) => new()
    {
        ["barrage"] = id,
        ["time"] = new AmqpTimestamp(long.MaxValue),
        ["number"] = double.MaxValue,
        ["bytes"] = new byte[] { 0, 0xff, 0xfe },
        ["nothing"] = null,
        ["deep"] = Enumerable.Range(0, 200).Aggregate((object)"end", (inner, _) => new Dictionary<string, object?> { ["in"] = inner }),
        ["x-delivery-count"] = "many",
        ["loopbus-attempts"] = "-1e9",
        ["conversation-id"] = "none",
    };

    private static byte[] Envelope(string act, string content, string json) => Encoding.UTF8.GetBytes(
        $$"""{ "messageId": "{{Guid.NewGuid()}}", "conversationId": "{{Guid.NewGuid()}}", "messageType": ["urn:message:LoopBus.Contracts.Acts:{{act}}[[{{content}}]]"], "message": { "content": {{json}} }, "headers": {} }""");

    private static bool IsAct(byte[] body)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            return json.RootElement.TryGetProperty("messageType", out var types) && types.GetArrayLength() > 0 && json.RootElement.TryGetProperty("message", out _);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return false;
        }
    }
}
