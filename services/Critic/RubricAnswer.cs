using System.Text.Json;

namespace LoopBus.Critic;

/// <summary>A judgement as a model writes it.</summary>
internal sealed record RubricAnswer(IReadOnlyList<RubricAnswer.Criterion> Criteria)
{
    public static JsonElement Schema { get; } = JsonSerializer.Deserialize<JsonElement>("""
        {
          "type": "object",
          "required": ["criteria"],
          "properties": {
            "criteria": {
              "type": "array", "minItems": 1,
              "items": {
                "type": "object",
                "required": ["number", "holds", "reason"],
                "properties": {
                  "number": { "type": "integer" },
                  "holds": { "type": ["boolean", "null"] },
                  "quote": { "type": ["string", "null"] },
                  "reason": { "type": "string" }
                }
              }
            }
          }
        }
        """);

    internal sealed record Criterion(int Number, bool? Holds, string? Quote, string Reason);
}
