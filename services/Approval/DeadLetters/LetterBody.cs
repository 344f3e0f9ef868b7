using System.Text;
using LoopBus.Approval.Web;

namespace LoopBus.Approval.DeadLetters;

/// <summary>A dead letter's body for people: text that may be edited, or a look at the bytes.</summary>
internal sealed record LetterBody(string? Text, bool IsJson, string Preview)
{
    private const int MostText = 256 * 1024;
    private const int MostBytes = 512;

    public static LetterBody Of(ReadOnlySpan<byte> body)
    {
        if (JsonText.Parse(body) is { } json && body.Length <= MostText)
            return new(JsonText.Pretty(json), true, "");
        if (body.Length <= MostText && AsText(body) is { } text)
            return new(text, false, "");
        return new(null, false, Hex(body));
    }

    /// <summary>The bytes to send, null where the text is as it was shown (browsers end lines with CR LF).</summary>
    public byte[]? Edited(string? posted)
    {
        if (Text is null || posted is null || Lines(posted) == Lines(Text))
            return null;
        return Encoding.UTF8.GetBytes(Lines(posted));
    }

    private static string Lines(string text) => text.ReplaceLineEndings("\n").TrimEnd('\n');

    private static string? AsText(ReadOnlySpan<byte> body)
    {
        try
        {
            var text = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(body);
            return text.Any(character => char.IsControl(character) && character is not ('\n' or '\r' or '\t')) ? null : text;
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    private static string Hex(ReadOnlySpan<byte> body)
    {
        var lines = new StringBuilder();
        var shown = body[..Math.Min(body.Length, MostBytes)];
        for (var at = 0; at < shown.Length; at += 16)
        {
            var row = shown[at..Math.Min(at + 16, shown.Length)];
            var hex = string.Join(' ', row.ToArray().Select(value => value.ToString("x2")));
            var text = string.Concat(row.ToArray().Select(value => value is >= 32 and < 127 ? (char)value : '·'));
            lines.Append($"{at:x4}  {hex,-47}  {text}\n");
        }

        if (body.Length > shown.Length)
            lines.Append($"… {body.Length - shown.Length} bytes more\n");
        return lines.ToString();
    }
}
