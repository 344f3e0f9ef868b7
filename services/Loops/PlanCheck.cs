using System.Text.Json;
using LoopBus.Contracts.Planning;
using LoopBus.Loops.Checking;
using LoopBus.Loops.Json;
using LoopBus.Loops.Tools;

namespace LoopBus.Loops;

/// <summary>Checks a plan before anything of it runs, whoever made it: the same rules as for a script in a loop file.</summary>
public static class PlanCheck
{
    /// <param name="earlier">The steps that are done already: the plan's may refer to them.</param>
    /// <returns>Every problem, as "steps[2].arguments.file: what is wrong"; empty where the plan may run.</returns>
    public static IReadOnlyList<string> Problems(Plan plan, LoopDefinition definition, ToolCatalogue tools, IReadOnlyList<PlannedStep>? earlier = null)
    {
        earlier ??= [];
        if (plan.Steps is null || plan.Steps.Any(IsBroken))
            return ["steps: each step has an id, a tool, arguments and dependsOn, each check a kind and parameters."];
        if (definition.IsStepwise)
        {
            if (plan.Thought?.Finished == true)
                return plan.Steps.Count == 0 ? [] : ["steps: a planner that is finished proposes no step."];
            if (plan.Steps is not [{ ForEach: null }])
                return ["steps: in a loop that is reflexive or a debate, a planner proposes one action at a time, without for_each, or that it is finished."];
        }

        // Before what looks at every pair of steps.
        if (earlier.Count + plan.Steps.Count > Math.Max(definition.Limits.Iterations, earlier.Count + 1))
            return [$"steps: {plan.Steps.Count} steps are more than the {definition.Limits.Iterations} iterations of the loop."];

        var problems = new StepsCheck([.. earlier, .. plan.Steps], definition.Tools, tools, earlier.Count).Find().Select(problem => problem.ToString()).ToList();

        if (definition.Planner == LoopDefinition.Scripted && !IsScript(plan, definition))
            problems.Add("steps: the loop is scripted, and these are not the steps of its script.");

        problems.AddRange(definition.Planner == LoopDefinition.Model ? plan.Steps.Where(step => definition.IsOwn(step.Id)).Select(step => $"steps: '{step.Id}' is a step of the loop itself; take another id.") : []);

        if (definition.Planner == LoopDefinition.Model && plan.Steps.Any(step => (step.Verify ?? []).Any(check => check.Kind == CheckKinds.Command)))
            problems.Add("steps: a check by command stands in a loop's file, where people have read it, and in no plan.");

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
