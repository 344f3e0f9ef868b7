using OpenAI.Chat;

namespace LoopBus.ModelServer.Tests;

/// <summary>What a stream of the OpenAI SDK brought.</summary>
internal sealed record OpenAiStream(string Text, int Pieces, string Calls, ChatFinishReason? Finish, ChatTokenUsage? Usage)
{
    public static async Task<OpenAiStream> Of(ChatClient client, string text)
    {
        var seen = new OpenAiStream("", 0, "", Finish: null, Usage: null);
        await foreach (var update in client.CompleteChatStreamingAsync(text))
        {
            seen = seen with
            {
                Text = seen.Text + string.Concat(update.ContentUpdate.Select(part => part.Text)),
                Pieces = seen.Pieces + update.ContentUpdate.Count,
                Calls = seen.Calls + string.Concat(update.ToolCallUpdates.Select(call => call.FunctionName + call.FunctionArgumentsUpdate)),
                Finish = update.FinishReason ?? seen.Finish,
                Usage = update.Usage ?? seen.Usage,
            };
        }

        return seen;
    }
}
