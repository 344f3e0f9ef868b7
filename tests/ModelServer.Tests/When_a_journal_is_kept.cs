using System.ClientModel;
using LoopBus.ModelServer.Calls;
using LoopBus.ModelServer.Scripts;
using LoopBus.Testing;
using Microsoft.Extensions.AI;

namespace LoopBus.ModelServer.Tests;

public sealed class When_a_journal_is_kept
{
    [Fact]
    public async Task Should_have_every_call_in_order()
    {
        var script = Script.Of(Rule.On("fail", Reply.Failing(500)), Rule.Always("fine")) with { Keys = new Dictionary<string, string> { ["sk-critic"] = "critic" } };
        var clock = new ManualTimeProvider();
        await using var host = await ModelHost.Start(script, new ModelHostOptions { Time = clock });

        await host.OpenAi().Ask("Hello");
        clock.Advance(TimeSpan.FromMinutes(1));
        await Should.ThrowAsync<ClientResultException>(() => host.OpenAi("sk-critic").Ask("Please fail"));
        await ClaudeStream.Of(host.Claude("sk-critic").AsIChatClient("claude-scripted"), "Hello again");

        host.Journal.Calls.Select(call => (call.Number, call.Path, call.Model, call.Owner, call.Status, call.Stream)).ShouldBe(
        [
            (1, "/v1/chat/completions", "gpt-scripted", "test", 200, false),
            (2, "/v1/chat/completions", "gpt-scripted", "critic", 500, false),
            (3, "/v1/messages", "claude-scripted", "critic", 200, true),
        ]);
        host.Journal.Calls[0].Messages.ShouldBe([new Message("user", "Hello")]);
        (host.Journal.Calls[1].At - host.Journal.Calls[0].At).ShouldBe(TimeSpan.FromMinutes(1));
        host.Journal.Calls[2].InputTokens.ShouldBe(3);
        host.Journal.Calls[2].OutputTokens.ShouldBe(1);
        host.Journal.Calls.ShouldAllBe(call => call.Ending == Ending.Answered);
        host.Journal.Count("Hello").ShouldBe(2);
    }

    [Fact]
    public async Task Should_keep_idempotency_keys_and_no_credentials()
    {
        await using var host = await ModelHost.Start(Script.Of(Rule.Always("fine")));
        using var http = new HttpClient { BaseAddress = host.Address };
        using var request = new HttpRequestMessage(HttpMethod.Post, "v1/chat/completions")
        {
            Content = new StringContent("""{ "model": "m", "messages": [ { "role": "user", "content": [ { "type": "text", "text": "in parts" } ] } ] }"""),
        };
        request.Headers.Add("Authorization", $"Bearer {host.Key}");
        request.Headers.Add("Idempotency-Key", "step-1");

        using var answer = await http.SendAsync(request);

        answer.IsSuccessStatusCode.ShouldBeTrue();
        var call = host.Journal.Calls.Single();
        call.IdempotencyKey.ShouldBe("step-1");
        call.Messages.Single().Text.ShouldBe("in parts");
        call.ToString().ShouldNotContain(host.Key);
        call.Headers.Values.ShouldNotContain(value => value.Contains(host.Key, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Should_drop_the_oldest_and_say_how_many()
    {
        await using var host = await ModelHost.Start(Script.Of(Rule.Always("fine")), new ModelHostOptions { JournalCalls = 3, JournalCharacters = 30 });
        var client = host.OpenAi();

        foreach (var text in (string[])["a", "b", "c", "d"])
            await client.Ask(text);
        var byNumber = host.Journal.Calls.Select(call => call.Messages[0].Text).ToArray();
        await client.Ask(new string('e', 29));
        var byLength = host.Journal.Calls.Select(call => call.Messages[0].Text[..1]).ToArray();

        byNumber.ShouldBe(["b", "c", "d"]);
        byLength.ShouldBe(["d", "e"]);
        host.Journal.Dropped.ShouldBe(3);
    }

    [Fact]
    public async Task Should_be_cleared()
    {
        await using var host = await ModelHost.Start(Script.Of(Rule.Always("fine")));
        await host.OpenAi().Ask("before");

        host.Journal.Clear();
        await host.OpenAi().Ask("after");

        host.Journal.Calls.Single().Messages.Single().Text.ShouldBe("after");
    }
}
