using System.ClientModel;
using System.Text.Json;
using Anthropic.Exceptions;
using LoopBus.ModelServer.Calls;
using LoopBus.ModelServer.Scripts;
using Microsoft.Extensions.AI;

namespace LoopBus.ModelServer.Tests;

/// <summary>Each name of the catalogue, as the SDKs see it.</summary>
public sealed class When_a_model_misbehaves
{
    private const string Own = "The review found nothing that has to change.";

    [Fact]
    public async Task Should_be_slow()
    {
        await using var host = await ModelHost.Start(Script.Of(Rule.Misbehaving(Misbehaviours.Slow, Own)));
        var began = TimeProvider.System.GetTimestamp();

        (await host.OpenAi().Ask("Hello")).ShouldBe(Own);

        TimeProvider.System.GetElapsedTime(began).ShouldBeGreaterThan(TimeSpan.FromSeconds(1.9));
    }

    [Theory]
    [InlineData(Misbehaviours.RateLimitedThenFine, 429)]
    [InlineData(Misbehaviours.OverloadedThenFine, 529)]
    public async Task Should_refuse_once_and_then_be_fine(string name, int status)
    {
        await using var host = await ModelHost.Start(Script.Of(Rule.Misbehaving(name, Own)));

        (await Should.ThrowAsync<ClientResultException>(() => host.OpenAi().Ask("Hello"))).Status.ShouldBe(status);

        (await host.OpenAi().Ask("Hello")).ShouldBe(Own);
        (await host.Claude().Ask("Hello")).ShouldBe(Own);
    }

    [Fact]
    public async Task Should_be_fine_for_an_SDK_that_tries_again()
    {
        await using var host = await ModelHost.Start(Script.Of(Rule.Misbehaving(Misbehaviours.RateLimitedThenFine, Own)));

        (await host.Claude(retries: 2).Ask("Hello")).ShouldBe(Own);

        host.Journal.Calls.Select(call => call.Status).ShouldBe([429, 200]);
    }

    [Fact]
    public async Task Should_fail_always()
    {
        await using var host = await ModelHost.Start(Script.Of(Rule.Misbehaving(Misbehaviours.FailingAlways)));

        for (var time = 0; time < 3; time++)
            (await Should.ThrowAsync<ClientResultException>(() => host.OpenAi().Ask("Hello"))).Status.ShouldBe(500);
        await Should.ThrowAsync<Anthropic5xxException>(() => host.Claude().Ask("Hello"));
    }

    [Fact]
    public async Task Should_send_JSON_that_breaks_off()
    {
        await using var host = await ModelHost.Start(Script.Of(Rule.Misbehaving(Misbehaviours.BrokenJson, Own)));

        await Should.ThrowAsync<JsonException>(() => host.OpenAi().Ask("Hello"));
        await Should.ThrowAsync<JsonException>(() => OpenAiStream.Of(host.OpenAi(), "Hello"));
        await Should.ThrowAsync<JsonException>(() => host.Claude().Ask("Hello"));
        await Should.ThrowAsync<AnthropicInvalidDataException>(() => ClaudeStream.Of(host.Claude().AsIChatClient("m"), "Hello"));
        host.Journal.Calls.ShouldAllBe(call => call.Status == 200 && call.Ending == Ending.Broken);
    }

    [Fact]
    public async Task Should_say_half_of_a_value()
    {
        await using var host = await ModelHost.Start(Script.Of(Rule.Misbehaving(Misbehaviours.HalfJson)));

        var openAi = (await host.OpenAi().CompleteChatAsync("Plan it.")).Value;
        var claude = await host.Claude().AsIChatClient("m").GetResponseAsync("Plan it.");

        Should.Throw<JsonException>(() => JsonDocument.Parse(openAi.Content[0].Text));
        openAi.FinishReason.ShouldBe(OpenAI.Chat.ChatFinishReason.Length);
        claude.FinishReason.ShouldBe(ChatFinishReason.Length);
    }

    [Fact]
    public async Task Should_send_a_page_that_a_stream_takes_for_nothing()
    {
        await using var host = await ModelHost.Start(Script.Of(Rule.Misbehaving(Misbehaviours.HtmlPage, Own)));

        await Should.ThrowAsync<JsonException>(() => host.OpenAi().Ask("Hello"));
        await Should.ThrowAsync<JsonException>(() => host.Claude().Ask("Hello"));
        var openAi = await OpenAiStream.Of(host.OpenAi(), "Hello");
        var claude = await ClaudeStream.Of(host.Claude().AsIChatClient("m"), "Hello");

        openAi.ShouldBe(new OpenAiStream("", 0, "", Finish: null, Usage: null));
        claude.ShouldBe(new ClaudeStream("", Call: null, Finish: null, Usage: null));
    }

    [Fact]
    public async Task Should_cut_the_connection()
    {
        await using var host = await ModelHost.Start(Script.Of(Rule.Misbehaving(Misbehaviours.CutConnection, Own)));

        var openAi = await Should.ThrowAsync<Exception>(() => host.OpenAi().Ask("Hello"));
        var openAiStream = await Should.ThrowAsync<Exception>(() => OpenAiStream.Of(host.OpenAi(), "Hello"));
        var claude = await Should.ThrowAsync<Exception>(() => host.Claude().Ask("Hello"));
        var claudeStream = await Should.ThrowAsync<Exception>(() => ClaudeStream.Of(host.Claude().AsIChatClient("m"), "Hello"));

        new[] { openAi, openAiStream, claude, claudeStream }.Select(exception => exception.GetBaseException())
            .ShouldAllBe(exception => exception is IOException || exception is System.Net.Sockets.SocketException);
    }

    [Theory]
    [InlineData("false")]
    [InlineData("true")]
    public async Task Should_cut_the_connection_when_half_is_said(string stream)
    {
        await using var host = await ModelHost.Start(Script.Of(Rule.Misbehaving(Misbehaviours.CutConnection, Own)));
        using var http = new HttpClient { BaseAddress = host.Address };
        using var request = new HttpRequestMessage(HttpMethod.Post, "v1/chat/completions")
        {
            Content = new StringContent($$"""{ "model": "m", "stream": {{stream}}, "messages": [ { "role": "user", "content": "Hello" } ] }"""),
        };
        request.Headers.Add("Authorization", $"Bearer {host.Key}");
        var buffer = new byte[10];

        using var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        await using var body = await answer.Content.ReadAsStreamAsync();
        await body.ReadExactlyAsync(buffer);

        ((int)answer.StatusCode).ShouldBe(200);
        await Should.ThrowAsync<IOException>(() => body.CopyToAsync(Stream.Null));
    }

    [Fact]
    public async Task Should_truncate_a_stream_and_neither_SDK_says_so()
    {
        await using var host = await ModelHost.Start(Script.Of(Rule.Misbehaving(Misbehaviours.TruncatedStream, Own)));

        var openAi = await OpenAiStream.Of(host.OpenAi(), "Hello");
        var claude = await ClaudeStream.Of(host.Claude().AsIChatClient("m"), "Hello");

        Own.ShouldStartWith(openAi.Text);
        openAi.Text.Length.ShouldBeInRange(1, Own.Length - 1);
        openAi.Finish.ShouldBeNull();
        openAi.Usage.ShouldBeNull();
        claude.Text.Length.ShouldBeInRange(1, Own.Length - 1);
        claude.Finish.ShouldBeNull();
    }

    [Fact]
    public async Task Should_call_a_tool_that_nobody_offered()
    {
        await using var host = await ModelHost.Start(Script.Of(Rule.Misbehaving(Misbehaviours.UnknownTool)));

        var openAi = (await host.OpenAi().CompleteChatAsync("Hello")).Value;
        var claude = await ClaudeStream.Of(host.Claude().AsIChatClient("m"), "Hello");

        openAi.ToolCalls.Single().FunctionName.ShouldBe("no_such_tool");
        claude.Call!.Name.ShouldBe("no_such_tool");
    }

    [Fact]
    public async Task Should_call_a_tool_with_arguments_that_are_no_JSON()
    {
        var call = new ToolCall("read_file", JsonSerializer.SerializeToElement("""{"path": "src/"""));
        await using var host = await ModelHost.Start(Script.Of(Rule.Always(new Reply { ToolCalls = [call] })));

        var openAi = (await host.OpenAi().CompleteChatAsync("Hello")).Value;
        var claude = await host.Claude().AsIChatClient("m").GetResponseAsync("Hello");
        var claudeStream = await ClaudeStream.Of(host.Claude().AsIChatClient("m"), "Hello");

        openAi.ToolCalls.Single().FunctionArguments.ToString().ShouldBe("""{"path": "src/""");
        claude.Messages[0].Contents.OfType<FunctionCallContent>().Single().Exception.ShouldNotBeNull();
        claudeStream.Call!.Exception.ShouldNotBeNull();
    }

    [Fact]
    public async Task Should_do_the_same_without_end()
    {
        await using var host = await ModelHost.Start(Script.Of(Rule.Misbehaving(Misbehaviours.EndlessAction, Reply.Calling("read_file", new { path = "a" }))));
        List<string> calls = [];

        for (var time = 0; time < 5; time++)
        {
            var call = (await host.OpenAi().CompleteChatAsync($"Then came {time}")).Value.ToolCalls.Single();
            calls.Add(call.FunctionName + call.FunctionArguments);
        }

        calls.Distinct().ShouldBe(["""read_file{"path":"a"}"""]);
    }

    [Fact]
    public async Task Should_contradict_itself()
    {
        await using var host = await ModelHost.Start(Script.Of(Rule.Misbehaving(Misbehaviours.Contradiction)));

        var first = await host.OpenAi().Ask("When is the release?");
        var second = await host.Claude().Ask("When is the release?");

        first.ShouldContain("on Tuesday at 09:00");
        second.ShouldContain("never was on a Tuesday");
    }

    [Fact]
    public async Task Should_bring_instructions_of_a_stranger()
    {
        await using var host = await ModelHost.Start(Script.Of(Rule.Misbehaving(Misbehaviours.InjectedInstructions)));

        (await host.OpenAi().Ask("Hello")).ShouldContain("ignore all previous instructions");
    }
}
