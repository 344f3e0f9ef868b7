using System.Text.Json;
using System.Text.Json.Serialization;
using LoopBus.Contracts.Planning;

namespace LoopBus.Planner;

/// <summary>A plan as a model writes it.</summary>
internal sealed record PlanAnswer(string? Reasoning, double? Confidence, IReadOnlyList<PlanAnswer.Step> Steps)
{
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

    /// <returns>What is wrong with it though its form is right; null where nothing is.</returns>
    public string? Wrong(MakePlan asked)
    {
        // A for_each step's items are turns of their own: analyze[0].
        var taken = (asked.Turns ?? []).Select(turn => turn.StepId.Split('[')[0]).ToHashSet(StringComparer.Ordinal);

        return Steps.Select(step => step.Id).Where(taken.Contains).Select(id => $"the id '{id}' is that of a step which ran already; give only what remains, under new ids.").FirstOrDefault();
    }

    public Plan ToPlan(MakePlan asked, Spent spent, ContextUse? use) => new(
        asked.TaskId,
        asked.Attempt,
        [.. Steps.Select(step => new PlannedStep(step.Id, step.Tool, step.Arguments, step.DependsOn ?? [], step.ForEach, step.Parallel ?? 1, Compensate: step.Compensate))],
        spent,
        new Thought(null, Confidence, Reasoning, Context: use));

    internal sealed record Step(
        string Id,
        string Tool,
        JsonElement Arguments,
        IReadOnlyList<string>? DependsOn,
        [property: JsonPropertyName("for_each")] string? ForEach,
        int? Parallel,
        Undo? Compensate);
}
