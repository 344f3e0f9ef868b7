using System.Text;
using LoopBus.Acceptance.Tests.Stage;

namespace LoopBus.Acceptance.Tests.DeadLetter;

[Collection(OneSystem.Name)]
public sealed class When_a_trigger_cannot_be_run(LoopBusSystem system)
{
    public static TheoryData<string, string, string> Triggers => new()
    {
        { "no JSON at all", "hello", "not-understood" },
        { "nothing", "", "not-understood" },
        { "a list", "[1, 2]", "not-understood" },
        { "no taskId", """{ "taskType": "keep-file", "input": { "name": "a", "text": "b" } }""", "not-understood" },
        { "an empty taskId", """{ "taskId": "", "taskType": "keep-file" }""", "not-understood" },
        { "a taskId that is a path", """{ "taskId": "../../etc", "taskType": "keep-file" }""", "not-understood" },
        { "a taskId that is a number", """{ "taskId": 7, "taskType": "keep-file" }""", "not-understood" },
        { "an unknown loop", """{ "taskId": "bad-1", "taskType": "no-such-loop" }""", "refuse" },
        { "an unknown version", """{ "taskId": "bad-2", "taskType": "keep-file@9.9.9", "input": { "name": "a", "text": "b" } }""", "refuse" },
        { "wrong input", """{ "taskId": "bad-3", "taskType": "keep-file", "input": { "name": 5 } }""", "refuse" },
        { "input that is a text", """{ "taskId": "bad-4", "taskType": "keep-file", "input": "x" }""", "not-understood" },
        { "too many iterations", """{ "taskId": "bad-5", "taskType": "keep-file", "input": { "name": "a", "text": "b" }, "maxIterations": 1001 }""", "not-understood" },
        { "a time that is none", """{ "taskId": "bad-6", "taskType": "keep-file", "input": { "name": "a", "text": "b" }, "triggeredAt": "soon" }""", "not-understood" },
    };

    [Theory]
    [MemberData(nameof(Triggers))]
    public async Task Should_answer_and_keep_it_with_the_reason(string name, string body, string answer)
    {
        await using var answers = await Answers.Open(system);

        await system.Publish(body, new() { ReplyTo = answers.Queue, CorrelationId = name });

        var answered = await answers.With(answer);
        answered.CorrelationId.ShouldBe(name);
        answered.Json.GetProperty("reason").GetProperty("text").GetString().ShouldNotBeNullOrWhiteSpace();
        var letter = await DeadLetters.Take(system, letter => letter.Text == body, $"the trigger with {name}");
        letter.Headers["loopbus-queue"].ShouldBe("trigger");
        letter.Headers["loopbus-reason"].ShouldNotBeNullOrWhiteSpace();
        letter.Headers["loopbus-exception"].ShouldNotBeNullOrWhiteSpace();
    }

    [Fact]
    public async Task Should_survive_two_megabytes()
    {
        var body = $$"""{ "taskId": "large", "taskType": "keep-file", "input": { "name": "large", "text": "{{new string('x', 2 * 1024 * 1024)}}" } }""";
        await using var answers = await Answers.Open(system);

        await system.Publish(body, new() { ReplyTo = answers.Queue });

        await answers.With("not-understood");
        (await DeadLetters.Take(system, letter => letter.Text.Length == body.Length, "the large trigger")).Text.ShouldBe(body);
    }

    [Fact]
    public async Task Should_survive_deep_nesting()
    {
        var body = new string('[', 100_000) + new string(']', 100_000);
        await using var answers = await Answers.Open(system);

        await system.Publish(body, new() { ReplyTo = answers.Queue });

        await answers.With("not-understood");
        await DeadLetters.Take(system, letter => letter.Text == body, "the nested trigger");
    }

    [Fact]
    public async Task Should_survive_bytes_that_are_no_text_and_a_foreign_content_type()
    {
        byte[] body = [0xff, 0xfe, 0x00, 0x80, 0x1b];
        await using var answers = await Answers.Open(system);

        await system.Publish(body, new() { ReplyTo = answers.Queue, ContentType = "image/png", ContentEncoding = "gzip" });

        await answers.With("not-understood");
        await DeadLetters.Take(system, letter => letter.Text == Encoding.UTF8.GetString(body), "the trigger of five bytes");
    }

    [Fact]
    public async Task Should_go_on_with_the_next_trigger()
    {
        await system.Publish("hello");
        await system.Publish(Some.KeepFile("after-the-bad-one"));

        await system.Until("after-the-bad-one", "completed");
    }
}
