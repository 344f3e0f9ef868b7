using System.Text.Json;

namespace LoopBus.Executor.Tools.Review.Asking;

/// <summary>What a model says of one file's change, as it writes it.</summary>
internal sealed record ReviewAnswer(IReadOnlyList<ReviewAnswer.Item> Findings)
{
    public static JsonElement Schema { get; } = JsonElement.Parse(
        """
        {
          "type": "object",
          "required": ["findings"],
          "properties": {
            "findings": {
              "type": "array",
              "items": {
                "type": "object",
                "required": ["line", "side", "kind", "severity", "confidence", "quote", "message"],
                "properties": {
                  "line": { "type": "integer", "minimum": 1 },
                  "side": { "type": "string", "enum": ["new", "old"] },
                  "kind": { "type": "string", "enum": ["security", "correctness", "concurrency", "error-handling", "resources", "data", "performance", "api"] },
                  "severity": { "type": "string", "enum": ["critical", "high", "medium", "low"] },
                  "confidence": { "type": "number", "minimum": 0, "maximum": 1 },
                  "quote": { "type": "string" },
                  "message": { "type": "string" }
                }
              }
            }
          }
        }
        """
    );

    internal sealed record Item(int Line, string Side, string Kind, string Severity, double Confidence, string Quote, string Message);
}
