using System.Text.Json;

namespace LoopBus.Planner.Debating;

/// <summary>What a judge writes: the letter of the best candidate.</summary>
internal sealed record ChoiceAnswer(string? Best, string Reason)
{
    public static JsonElement Schema { get; } = JsonSerializer.Deserialize<JsonElement>("""
        { "type": "object", "required": ["best", "reason"], "properties": { "best": { "type": ["string", "null"] }, "reason": { "type": "string" } } }
        """);
}
