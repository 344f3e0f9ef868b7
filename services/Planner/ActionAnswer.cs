using System.Text.Json;
using LoopBus.Contracts.Planning;
using LoopBus.Loops;
using LoopBus.Loops.Templates;

namespace LoopBus.Planner;

/// <summary>A decision as a model writes it: the next action, or the end.</summary>
internal sealed record ActionAnswer(
    string Subgoal, double Confidence, string Reasoning, ActionAnswer.Call? Action, ActionAnswer.End? Finish, IReadOnlyList<ActionAnswer.Claim?>? Facts, string? Lesson)
{
    /// <summary>What an answer must be, before anything of it is looked at.</summary>
    public static JsonElement Schema { get; } = JsonSerializer.Deserialize<JsonElement>("""
        {
          "type": "object",
          "required": ["subgoal", "confidence", "reasoning"],
          "properties": {
            "subgoal": { "type": "string", "minLength": 1 },
            "reasoning": { "type": "string" },
            "confidence": { "type": "number", "minimum": 0, "maximum": 1 },
            "facts": {
              "type": ["array", "null"],
              "items": {
                "type": "object",
                "required": ["key", "value", "source"],
                "properties": { "key": { "type": "string" }, "value": { "type": ["string", "number", "boolean"] }, "source": { "type": "string" } }
              }
            },
            "lesson": { "type": ["string", "null"] },
            "action": {
              "type": ["object", "null"],
              "required": ["tool", "arguments"],
              "properties": {
                "tool": { "type": "string", "minLength": 1 },
                "arguments": { "type": "object" },
                "compensate": {
                  "type": ["object", "null"],
                  "required": ["tool", "arguments"],
                  "properties": { "tool": { "type": "string" }, "arguments": { "type": "object" } }
                }
              }
            },
            "finish": { "type": ["object", "null"], "required": ["result"], "properties": { "result": {} } }
          }
        }
        """);

    /// <summary>The facts that it claims, none of them believed yet.</summary>
    public IEnumerable<Fact> Learned => (Facts ?? []).OfType<Claim>().Select(claim => new Fact(claim.Key, claim.Value.ToString(), claim.Source));

    /// <returns>What is wrong with it though its form is right; null where nothing is.</returns>
    public string? Wrong(MakePlan asked)
    {
        if (Action is null == Finish is null)
            return Action is null ? "it has neither action nor finish; give exactly one of them." : "it has both action and finish; give exactly one of them, and null for the other.";
        try
        {
            var turns = asked.Turns ?? [];

            return Needed().Where(id => !turns.Any(turn => turn.StepId == id && turn.Output is not null))
                .Select(id => $"its templates refer to '{id}', which has no output; there are outputs of {Named(turns)}.").FirstOrDefault();
        }
        catch (TemplateException exception)
        {
            return exception.Message;
        }
    }

    public Plan ToPlan(MakePlan asked, Spent spent, ContextUse use, IReadOnlyList<Fact> facts) => new(
        asked.TaskId,
        asked.Attempt,
        Action is null ? [] : [new PlannedStep(ActionId.Of((asked.Turns?.Count ?? 0) + 1), Action.Tool, Action.Arguments, [.. Needed()], Compensate: Action.Compensate)],
        spent,
        new Thought(Subgoal, Confidence, Reasoning, Finish is not null, Finish?.Result, use, facts.Count > 0 ? facts : null, string.IsNullOrWhiteSpace(Lesson) ? null : Lesson));

    // The steps whose outputs it takes.
    private IEnumerable<string> Needed() => Action is null
        ? []
        : Template.References(Action.Arguments).Concat(Action.Compensate is { } undo ? Template.References(undo.Arguments) : []).Select(reference => reference.Step).OfType<string>().Distinct();

    private static string Named(IReadOnlyList<Turn> turns) =>
        turns.Where(turn => turn.Output is not null).Select(turn => turn.StepId).TakeLast(20).ToList() is { Count: > 0 } ids ? string.Join(", ", ids) : "no action yet";

    internal sealed record Call(string Tool, JsonElement Arguments, Undo? Compensate);

    internal sealed record End(JsonElement Result);

    internal sealed record Claim(string Key, JsonElement Value, string Source);
}
