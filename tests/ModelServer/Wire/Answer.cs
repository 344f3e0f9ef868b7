using LoopBus.ModelServer.Scripts;

namespace LoopBus.ModelServer.Wire;

/// <summary>What a model says to a call, before it is put into the words of an API.</summary>
internal sealed record Answer(long Number, DateTimeOffset At, string Model, string Text, IReadOnlyList<ToolCall> ToolCalls, Usage Usage, Finish Finish)
{
    private const int PieceLength = 12;

    public static Answer Of(Reply reply, Prompt prompt, long number, DateTimeOffset at)
    {
        var text = reply.Echo ? prompt.Last : reply.Text ?? (reply.Json is { } json ? ScriptJson.OnOneLine(json) : "");
        var written = text.Length + reply.ToolCalls.Sum(call => (long)call.Name.Length + call.ArgumentText.Length);
        return new Answer(
            number,
            at,
            prompt.Model ?? "",
            text,
            reply.ToolCalls,
            reply.Usage ?? new Usage(Usage.Of(prompt.Characters), Usage.Of(written)),
            reply.Finish ?? (reply.ToolCalls.Count > 0 ? Finish.ToolCalls : Finish.Stop));
    }

    /// <summary>A text in the pieces in which a stream brings it; a pair of surrogates stays together.</summary>
    public static IEnumerable<string> Pieces(string text)
    {
        for (var start = 0; start < text.Length;)
        {
            var end = Math.Min(start + PieceLength, text.Length);
            if (end < text.Length && char.IsHighSurrogate(text[end - 1]))
                end++;
            yield return text[start..end];
            start = end;
        }
    }
}
