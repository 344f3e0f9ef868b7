using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace LoopBus.Executor.Tools.Mcp;

/// <summary>What a tool brought, as a step's output: its structured content, else its text and what it gave beside; cut where it is too large, the whole then kept by its hash.</summary>
internal sealed class McpOutput(McpClaims claims)
{
    private const int LongestError = 2000;

    private static readonly JsonSerializerOptions Relaxed = new(McpJsonUtilities.DefaultOptions) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <exception cref="ToolException">It is too large, and can not be kept.</exception>
    public async Task<JsonElement> Of(CallToolResult result, int mostBytes, CancellationToken cancellationToken)
    {
        var text = Text(result);
        var output = result.StructuredContent ?? JsonSerializer.SerializeToElement(
            new Dictionary<string, object> { ["text"] = text, ["content"] = result.Content.Where(block => block is not TextContentBlock).ToList() }, Relaxed);
        var whole = Encoding.UTF8.GetBytes(output.GetRawText());

        return whole.Length <= mostBytes
            ? output
            : JsonSerializer.SerializeToElement(
                new Dictionary<string, object>
                {
                    // An eighth: a letter may take six bytes when it is written as JSON.
                    ["text"] = Cut(text.Length > 0 ? text : output.GetRawText(), mostBytes / 8),
                    ["truncated"] = true,
                    ["claim"] = await claims.Keep(whole, cancellationToken),
                    ["bytes"] = whole.Length,
                },
                Relaxed);
    }

    public static string Error(CallToolResult result) => Text(result) is { Length: > 0 } text ? Cut(text, LongestError) : "it gave no reason.";

    private static string Text(CallToolResult result) => string.Join('\n', result.Content.OfType<TextContentBlock>().Select(block => block.Text));

    private static string Cut(string text, int most) =>
        text.Length <= most ? text : text[..(char.IsHighSurrogate(text[most - 1]) ? most - 1 : most)];
}
