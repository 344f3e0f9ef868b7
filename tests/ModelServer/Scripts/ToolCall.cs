using System.Text.Json;

namespace LoopBus.ModelServer.Scripts;

/// <summary>A call of a tool; arguments that are a text go out as they are, so that they may be no JSON.</summary>
public sealed record ToolCall(string Name, JsonElement? Arguments = null)
{
    public static ToolCall Of(string name, object arguments) => new(name, JsonSerializer.SerializeToElement(arguments, JsonSerializerOptions.Web));

    /// <summary>The arguments as text.</summary>
    public string ArgumentText => Arguments switch
    {
        null => "{}",
        { ValueKind: JsonValueKind.String } text => text.GetString()!,
        { } value => ScriptJson.OnOneLine(value),
    };
}
