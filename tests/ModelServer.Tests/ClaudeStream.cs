using Microsoft.Extensions.AI;

namespace LoopBus.ModelServer.Tests;

/// <summary>What a stream of Anthropic's IChatClient brought.</summary>
internal sealed record ClaudeStream(string Text, FunctionCallContent? Call, ChatFinishReason? Finish, UsageDetails? Usage)
{
    public static async Task<ClaudeStream> Of(IChatClient client, string text)
    {
        var seen = new ClaudeStream("", Call: null, Finish: null, Usage: null);
        await foreach (var update in client.GetStreamingResponseAsync(text))
        {
            seen = new ClaudeStream(
                seen.Text + update.Text,
                update.Contents.OfType<FunctionCallContent>().LastOrDefault() ?? seen.Call,
                update.FinishReason ?? seen.Finish,
                update.Contents.OfType<UsageContent>().LastOrDefault()?.Details ?? seen.Usage);
        }

        return seen;
    }
}
