using System.Text.Json;
using Anthropic.Models.Messages;
using LoopBus.ModelServer.Scripts;
using Microsoft.Extensions.AI;
using Usage = LoopBus.ModelServer.Scripts.Usage;

namespace LoopBus.ModelServer.Tests;

public sealed class When_the_Anthropic_SDK_asks
{
    private const string Said = "Three files changed; none of them needs a migration.";

    [Fact]
    public async Task Should_answer_with_text_and_usage()
    {
        await using var host = await ModelHost.Start(Script.Of(Rule.Always(Said)));

        var message = await host.Claude().Messages.Create(Clients.Question("What changed?"));

        message.Content.Single().TryPickText(out var block).ShouldBeTrue();
        block!.Text.ShouldBe(Said);
        message.StopReason!.Value().ShouldBe(StopReason.EndTurn);
        message.Usage.InputTokens.ShouldBe(4);
        message.Usage.OutputTokens.ShouldBe(13);
    }

    [Fact]
    public async Task Should_stream_its_events_in_order()
    {
        await using var host = await ModelHost.Start(Script.Of(Rule.Always("Yes.")));
        List<string> types = [];

        await foreach (var part in host.Claude().Messages.CreateStreaming(Clients.Question("Is it so?")))
            types.Add(part.Json.GetProperty("type").GetString()!);

        types.ShouldBe(["message_start", "content_block_start", "content_block_delta", "content_block_stop", "message_delta", "message_stop"]);
    }

    [Fact]
    public async Task Should_call_a_tool()
    {
        await using var host = await ModelHost.Start(Script.Of(Rule.Always(Reply.Calling("read_file", new { path = "src/a.cs" }))));
        var tool = new Tool { Name = "read_file", InputSchema = new InputSchema() };

        var message = await host.Claude().Messages.Create(Clients.Question("Read it.", tool));

        message.StopReason!.Value().ShouldBe(StopReason.ToolUse);
        message.Content.Single().TryPickToolUse(out var call).ShouldBeTrue();
        call!.Name.ShouldBe("read_file");
        call.Input["path"].GetString().ShouldBe("src/a.cs");
        host.Journal.Calls[0].Tools.ShouldBe(["read_file"]);
    }

    [Fact]
    public async Task Should_answer_its_chat_client_with_usage()
    {
        await using var host = await ModelHost.Start(Script.Of(Rule.Always(Said)));
        var client = host.Claude().AsIChatClient("claude-scripted");

        var answer = await client.GetResponseAsync([new ChatMessage(ChatRole.System, "You review."), new ChatMessage(ChatRole.User, "What changed?")]);

        answer.Text.ShouldBe(Said);
        answer.FinishReason.ShouldBe(ChatFinishReason.Stop);
        answer.Usage!.InputTokenCount.ShouldBe(6);
        answer.Usage.OutputTokenCount.ShouldBe(13);
        answer.RawRepresentation.ShouldBeOfType<Message>();
        host.Journal.Calls[0].Messages.Select(message => message.Role).ShouldBe(["system", "user"]);
    }

    [Fact]
    public async Task Should_stream_to_its_chat_client_with_usage()
    {
        await using var host = await ModelHost.Start(Script.Of(Rule.Always(new Reply { Text = Said, Usage = new Usage(9000, 800) })));

        var stream = await ClaudeStream.Of(host.Claude().AsIChatClient("claude-scripted"), "What changed?");

        stream.Text.ShouldBe(Said);
        stream.Finish.ShouldBe(ChatFinishReason.Stop);
        stream.Usage!.InputTokenCount.ShouldBe(9000);
        stream.Usage.OutputTokenCount.ShouldBe(800);
    }

    [Fact]
    public async Task Should_call_a_tool_through_its_chat_client_and_hear_what_it_said()
    {
        await using var host = await ModelHost.Start(Script.Of(
            Rule.On("class Shelf", "It is a shelf."),
            Rule.Always(Reply.Calling("read_file", new { path = "src/a.cs" }))));
        var client = host.Claude().AsIChatClient("claude-scripted");
        using var schema = JsonDocument.Parse("""{"type":"object","properties":{"path":{"type":"string"}}}""");
        var options = new ChatOptions { Tools = [AIFunctionFactory.CreateDeclaration("read_file", "Reads a file.", schema.RootElement)] };
        List<ChatMessage> talk = [new(ChatRole.User, "Read it.")];

        var asked = await client.GetResponseAsync(talk, options);
        var call = asked.Messages.SelectMany(message => message.Contents).OfType<FunctionCallContent>().Single();
        talk.AddRange([.. asked.Messages, new ChatMessage(ChatRole.Tool, [new FunctionResultContent(call.CallId, "class Shelf;")])]);
        var answer = await client.GetResponseAsync(talk, options);

        asked.FinishReason.ShouldBe(ChatFinishReason.ToolCalls);
        call.Name.ShouldBe("read_file");
        call.Arguments!["path"]!.ToString().ShouldBe("src/a.cs");
        answer.Text.ShouldBe("It is a shelf.");
        (await ClaudeStream.Of(client, "Read another.")).Call!.Name.ShouldBe("read_file");
    }

    [Fact]
    public async Task Should_give_the_raw_text_too()
    {
        await using var host = await ModelHost.Start(Script.Of(Rule.Always(Said)));

        using var raw = await host.Claude().WithRawResponse.Messages.Create(Clients.Question("What changed?"));

        (await raw.ReadAsString(CancellationToken.None)).ShouldContain("\"stop_reason\":\"end_turn\"");
    }

    [Fact]
    public async Task Should_list_the_models()
    {
        await using var host = await ModelHost.Start(new Script { Models = ["large", "small"] });

        var models = await host.Claude().Models.List();

        models.Items.Select(model => model.ID).ShouldBe(["large", "small"]);
    }
}
