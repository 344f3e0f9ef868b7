using System.Text.Json;
using System.Text.Json.Serialization;
using LoopBus.Contracts.Planning;
using LoopBus.Loops.Json;

namespace LoopBus.Planner;

/// <summary>A plan as a model writes it.</summary>
internal sealed record PlanAnswer(string? Reasoning, double? Confidence, IReadOnlyList<PlanAnswer.Step> Steps)
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web) { RespectNullableAnnotations = true };

    /// <summary>What an answer must be, before anything of it is looked at.</summary>
    public static JsonElement Schema { get; } = JsonSerializer.Deserialize<JsonElement>("""
        {
          "type": "object",
          "required": ["steps"],
          "properties": {
            "reasoning": { "type": "string" },
            "confidence": { "type": "number", "minimum": 0, "maximum": 1 },
            "steps": {
              "type": "array", "minItems": 1,
              "items": {
                "type": "object",
                "required": ["id", "tool", "arguments"],
                "properties": {
                  "id": { "type": "string" },
                  "tool": { "type": "string" },
                  "arguments": { "type": "object" },
                  "dependsOn": { "type": "array", "items": { "type": "string" } },
                  "for_each": { "type": ["string", "null"] },
                  "parallel": { "type": ["integer", "null"], "minimum": 1 },
                  "compensate": {
                    "type": ["object", "null"],
                    "required": ["tool", "arguments"],
                    "properties": { "tool": { "type": "string" }, "arguments": { "type": "object" } }
                  }
                }
              }
            }
          }
        }
        """);

    /// <returns>The answer, or what is wrong with it, for the model to mend.</returns>
    public static (PlanAnswer? Answer, string? Problem) Read(string text)
    {
        try
        {
            var json = JsonSerializer.Deserialize<JsonElement>(Bare(text));

            return JsonSchemaCheck.Problems(Schema, json) is { Count: > 0 } problems
                ? (null, string.Join("; ", problems))
                : (json.Deserialize<PlanAnswer>(Options), null);
        }
        catch (JsonException exception)
        {
            return (null, $"it is no JSON: {exception.Message}");
        }
    }

    public Plan ToPlan(MakePlan asked, Spent spent) => new(
        asked.TaskId,
        asked.Attempt,
        [.. Steps.Select(step => new PlannedStep(step.Id, step.Tool, step.Arguments, step.DependsOn ?? [], step.ForEach, step.Parallel ?? 1, Compensate: step.Compensate))],
        spent);

    // Models like to put what they were asked for into a fence, whatever they were told.
    private static string Bare(string text)
    {
        var bare = text.Trim();
        if (!bare.StartsWith("```", StringComparison.Ordinal) || bare.IndexOf('\n') is not (> 0 and var line))
            return bare;
        var end = bare.LastIndexOf("```", StringComparison.Ordinal);

        return end > line ? bare[line..end] : bare[line..];
    }

    internal sealed record Step(
        string Id,
        string Tool,
        JsonElement Arguments,
        IReadOnlyList<string>? DependsOn,
        [property: JsonPropertyName("for_each")] string? ForEach,
        int? Parallel,
        Undo? Compensate);
}
