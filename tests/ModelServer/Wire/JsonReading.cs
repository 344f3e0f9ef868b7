using System.Text.Json;

namespace LoopBus.ModelServer.Wire;

/// <summary>Reads what a client sent without trusting its shape.</summary>
internal static class JsonReading
{
    /// <summary>A member; undefined where there is none.</summary>
    public static JsonElement Member(this JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) ? value : default;

    public static string? TextOf(this JsonElement element, string name) =>
        element.Member(name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    public static bool Is(this JsonElement element, string name) => element.Member(name).ValueKind == JsonValueKind.True;

    public static IEnumerable<JsonElement> Items(this JsonElement element, string name) =>
        element.Member(name) is { ValueKind: JsonValueKind.Array } items ? items.EnumerateArray() : [];

    /// <summary>The texts of a content: a text, or parts of which some are texts, calls of tools or their results.</summary>
    public static IEnumerable<string> Texts(this JsonElement element, string name) =>
        element.TextOf(name) is { } text ? [text] : element.Items(name).SelectMany(PartTexts);

    private static IEnumerable<string> PartTexts(JsonElement part) => part.TextOf("type") switch
    {
        "tool_use" => [$"{part.TextOf("name")}({(part.Member("input") is { ValueKind: not JsonValueKind.Undefined } input ? input.GetRawText() : "")})"],
        "tool_result" => part.Texts("content"),
        _ => part.TextOf("text") is { } text ? [text] : [],
    };
}
