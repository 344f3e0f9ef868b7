using System.Text.Json;
using LoopBus.Contracts.Planning;
using LoopBus.Loops.Checking;
using LoopBus.Loops.Json;
using LoopBus.Loops.Tools;

namespace LoopBus.Loops;

/// <summary>Checks a plan before anything of it runs, whoever made it: the same rules as for a script in a loop file.</summary>
public static class PlanCheck
{
    /// <returns>Every problem, as "steps[2].arguments.file: what is wrong"; empty where the plan may run.</returns>
    public static IReadOnlyList<string> Problems(Plan plan, LoopDefinition definition, ToolCatalogue tools)
    {
        if (plan.Steps is null || plan.Steps.Any(IsBroken))
            return ["steps: each step has an id, a tool, arguments and dependsOn, each check a kind and parameters."];
        // Before what looks at every pair of steps.
        if (plan.Steps.Count > definition.Limits.Iterations)
            return [$"steps: {plan.Steps.Count} steps are more than the {definition.Limits.Iterations} iterations of the loop."];

        var problems = new StepsCheck(plan.Steps, definition.Tools, tools).Find().Select(problem => problem.ToString()).ToList();

        if (definition.Planner == LoopDefinition.Scripted && !IsScript(plan, definition))
            problems.Add("steps: the loop is scripted, and these are not the steps of its script.");

        return problems;
    }

    // A plan comes over the bus: anything may be missing from it.
    private static bool IsBroken(PlannedStep? step) =>
        step is null or { Id: null } or { Tool: null } or { DependsOn: null }
        || IsMissing(step.Arguments)
        || step.DependsOn.Any(id => id is null)
        || (step.Compensate is { } undo && (undo.Tool is null || IsMissing(undo.Arguments)))
        || (step.Verify ?? []).Any(check => check is null or { Kind: null } || IsMissing(check.Parameters));

    private static bool IsMissing(JsonElement value) => value.ValueKind == JsonValueKind.Undefined;

    private static bool IsScript(Plan plan, LoopDefinition definition)
    {
        try
        {
            return Text(plan.Steps) == Text(definition.Steps);
        }
        // No sound JSON has no canonical text, and is no script.
        catch (JsonException)
        {
            return false;
        }
    }

    private static string Text(IReadOnlyList<PlannedStep> steps) => CanonicalJson.Of(JsonSerializer.SerializeToElement(steps));
}
