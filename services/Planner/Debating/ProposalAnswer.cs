using System.Text.Json;

namespace LoopBus.Planner.Debating;

/// <summary>A result as one proposer writes it.</summary>
internal sealed record ProposalAnswer(JsonElement Result, string Reasoning)
{
    public static JsonElement Schema { get; } = JsonSerializer.Deserialize<JsonElement>("""
        { "type": "object", "required": ["result", "reasoning"], "properties": { "result": {}, "reasoning": { "type": "string", "minLength": 1 } } }
        """);
}
