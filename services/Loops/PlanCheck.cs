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
        if (plan.Steps.Any(step => step is null or { Id: null } or { Tool: null } or { DependsOn: null }))
            return ["steps: each step has an id, a tool and dependsOn."];

        var problems = new StepsCheck(plan.Steps, definition.Tools, tools).Find().Select(problem => problem.ToString()).ToList();

        if (plan.Steps.Count > definition.Limits.Iterations)
            problems.Add($"steps: {plan.Steps.Count} steps are more than the {definition.Limits.Iterations} iterations of the loop.");
        if (definition.Planner == "scripted" && Text(plan.Steps) != Text(definition.Steps))
            problems.Add("steps: the loop is scripted, and these are not the steps of its script.");

        return problems;
    }

    private static string Text(IReadOnlyList<PlannedStep> steps) => CanonicalJson.Of(JsonSerializer.SerializeToElement(steps));
}
