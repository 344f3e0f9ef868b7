using System.Text.Json;

namespace LoopBus.Critic;

/// <summary>A judgement as a model writes it: of one candidate, whether each criterion holds; of two, which is better.</summary>
internal sealed record JudgeAnswer(IReadOnlyList<JudgeAnswer.Criterion> Criteria)
{
    public const string First = "first";
    public const string Second = "second";
    public const string Same = "same";

    public static JsonElement Rubric { get; } = Schema("holds", """{ "type": ["boolean", "null"] }""");

    public static JsonElement Comparison { get; } = Schema("better", """{ "type": ["string", "null"], "enum": ["first", "second", "same", null] }""");

    private static JsonElement Schema(string word, string values) => JsonElement.Parse($$"""
        {
          "type": "object",
          "required": ["criteria"],
          "properties": {
            "criteria": {
              "type": "array", "minItems": 1,
              "items": {
                "type": "object",
                "required": ["number", "{{word}}", "reason"],
                "properties": {
                  "number": { "type": "integer" },
                  "{{word}}": {{values}},
                  "quote": { "type": ["string", "null"] },
                  "reason": { "type": "string" }
                }
              }
            }
          }
        }
        """);

    internal sealed record Criterion(int Number, bool? Holds, string? Better, string? Quote, string Reason);
}
