using LoopBus.ModelServer.Scripts;
using OpenAI.Chat;

namespace LoopBus.ModelServer.Tests;

public sealed class When_the_OpenAI_SDK_asks
{
    private const string Said = "Three files changed; none of them needs a migration.";

    [Fact]
    public async Task Should_answer_with_text_and_usage()
    {
        await using var host = await ModelHost.Start(Script.Of(Rule.Always(Said)));

        var answer = (await host.OpenAi().CompleteChatAsync("What changed?")).Value;

        answer.Content[0].Text.ShouldBe(Said);
        answer.FinishReason.ShouldBe(ChatFinishReason.Stop);
        answer.Model.ShouldBe("gpt-scripted");
        answer.Usage.InputTokenCount.ShouldBe(4);
        answer.Usage.OutputTokenCount.ShouldBe(13);
        answer.Usage.TotalTokenCount.ShouldBe(17);
    }

    [Fact]
    public async Task Should_report_the_usage_that_the_script_says()
    {
        await using var host = await ModelHost.Start(Script.Of(Rule.Always(new Reply { Text = Said, Usage = new Usage(9000, 800) })));

        var answer = (await host.OpenAi().CompleteChatAsync("What changed?")).Value;
        var stream = await OpenAiStream.Of(host.OpenAi(), "What changed?");

        answer.Usage.InputTokenCount.ShouldBe(9000);
        answer.Usage.OutputTokenCount.ShouldBe(800);
        stream.Usage!.TotalTokenCount.ShouldBe(9800);
    }

    [Fact]
    public async Task Should_stream_the_same_in_pieces()
    {
        await using var host = await ModelHost.Start(Script.Of(Rule.Always(Said + " 🧭 ünï")));

        var stream = await OpenAiStream.Of(host.OpenAi(), "What changed?");

        stream.Text.ShouldBe(Said + " 🧭 ünï");
        stream.Pieces.ShouldBeGreaterThan(3);
        stream.Finish.ShouldBe(ChatFinishReason.Stop);
        stream.Usage!.InputTokenCount.ShouldBe(4);
    }

    [Fact]
    public async Task Should_call_a_tool()
    {
        await using var host = await ModelHost.Start(Script.Of(Rule.Always(Reply.Calling("read_file", new { path = "src/a.cs" }))));
        var options = new ChatCompletionOptions { Tools = { ChatTool.CreateFunctionTool("read_file") } };

        var answer = (await host.OpenAi().CompleteChatAsync([new UserChatMessage("Read it.")], options)).Value;
        var stream = await OpenAiStream.Of(host.OpenAi(), "Read it.");

        answer.FinishReason.ShouldBe(ChatFinishReason.ToolCalls);
        answer.ToolCalls.Single().FunctionName.ShouldBe("read_file");
        answer.ToolCalls.Single().FunctionArguments.ToString().ShouldBe("""{"path":"src/a.cs"}""");
        stream.Calls.ShouldBe("""read_file{"path":"src/a.cs"}""");
        stream.Finish.ShouldBe(ChatFinishReason.ToolCalls);
        host.Journal.Calls[0].Tools.ShouldBe(["read_file"]);
    }

    [Fact]
    public async Task Should_hear_what_the_tool_said()
    {
        await using var host = await ModelHost.Start(Script.Of(
            Rule.On("class Shelf", "It is a shelf."),
            Rule.Always(Reply.Calling("read_file", new { path = "src/a.cs" }))));
        var client = host.OpenAi();
        List<ChatMessage> talk = [new SystemChatMessage("You review."), new UserChatMessage("Read it.")];

        var call = (await client.CompleteChatAsync(talk)).Value;
        talk.AddRange([new AssistantChatMessage(call), new ToolChatMessage(call.ToolCalls[0].Id, "class Shelf;")]);
        var answer = (await client.CompleteChatAsync(talk)).Value;

        answer.Content[0].Text.ShouldBe("It is a shelf.");
        host.Journal.Calls[^1].Messages.Select(message => message.Role).ShouldBe(["system", "user", "assistant", "tool"]);
        host.Journal.Calls[^1].Messages[2].Text.ShouldBe("""read_file({"path":"src/a.cs"})""");
    }

    [Fact]
    public async Task Should_give_a_value_as_text()
    {
        await using var host = await ModelHost.Start(Script.Of(Rule.Always(Reply.OfJson(new { verdict = "holds", findings = new[] { 1, 2 } }))));

        (await host.OpenAi().Ask("Judge it.")).ShouldBe("""{"verdict":"holds","findings":[1,2]}""");
    }

    [Fact]
    public async Task Should_give_the_raw_text_too()
    {
        await using var host = await ModelHost.Start(Script.Of(Rule.Always(Said)));

        var result = await host.OpenAi().CompleteChatAsync("What changed?");

        result.GetRawResponse().Content.ToString().ShouldContain("\"finish_reason\":\"stop\"");
    }

    [Fact]
    public async Task Should_list_the_models()
    {
        await using var host = await ModelHost.Start(new Script { Models = ["large", "small"] });
        var client = new OpenAI.OpenAIClient(new System.ClientModel.ApiKeyCredential(host.Key), new OpenAI.OpenAIClientOptions { Endpoint = host.OpenAiEndpoint });

        var models = await client.GetOpenAIModelClient().GetModelsAsync();

        models.Value.Select(model => model.Id).ShouldBe(["large", "small"]);
    }
}
