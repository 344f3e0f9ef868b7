using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace LoopBus.ModelServer.Scripts;

/// <summary>Puts groups of a regular expression where a reply says <c>${name}</c>; <c>$${</c> is the text <c>${</c> itself.</summary>
internal static partial class GroupCopy
{
    public static IEnumerable<string> NamesIn(Reply reply) =>
        from text in TextsOf(reply)
        from Match place in Place().Matches(text)
        where place.Groups["name"].Success
        select place.Groups["name"].Value;

    public static Reply Fill(Reply reply, Match groups) => reply with
    {
        Text = reply.Text is { } text ? Fill(text, groups) : null,
        Message = reply.Message is { } message ? Fill(message, groups) : null,
        Json = Fill(reply.Json, groups),
        ToolCalls = [.. reply.ToolCalls.Select(call => call with { Arguments = Fill(call.Arguments, groups) })],
    };

    private static string Fill(string text, Match groups) =>
        Place().Replace(text, place => place.Groups["name"] is { Success: true } name ? groups.Groups[name.Value].Value : "${");

    private static JsonElement? Fill(JsonElement? value, Match groups) =>
        value is { } element ? JsonSerializer.SerializeToElement(Fill(JsonNode.Parse(element.GetRawText()), groups)) : null;

    private static JsonNode? Fill(JsonNode? node, Match groups) => node switch
    {
        JsonObject members => new JsonObject(members.Select(member => KeyValuePair.Create(member.Key, Fill(member.Value, groups)))),
        JsonArray items => new JsonArray([.. items.Select(item => Fill(item, groups))]),
        JsonValue value when value.GetValueKind() == JsonValueKind.String => JsonValue.Create(Fill(value.GetValue<string>(), groups)),
        _ => node?.DeepClone(),
    };

    private static IEnumerable<string> TextsOf(Reply reply)
    {
        IEnumerable<string?> texts = [reply.Text, reply.Message, reply.Json?.GetRawText(), .. reply.ToolCalls.Select(call => call.ArgumentText)];
        return texts.OfType<string>();
    }

    [GeneratedRegex(@"\$\$\{|\$\{(?<name>\w+)\}", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Place();
}
