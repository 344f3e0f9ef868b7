using System.Text.Json.Nodes;

namespace LoopBus.ModelServer.Wire;

/// <summary>One server-sent event, with a name where the API gives it one.</summary>
internal sealed record StreamEvent(string? Name, string Data)
{
    public static StreamEvent Of(JsonObject data) => new((string?)data["type"], data.ToJsonString());

    public string ToText() => Name is null ? $"data: {Data}\n\n" : $"event: {Name}\ndata: {Data}\n\n";
}
