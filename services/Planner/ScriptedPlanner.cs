using System.Text.Json;
using LoopBus.Contracts.Planning;
using LoopBus.Loops;
using LoopBus.Loops.Json;
using LoopBus.Loops.Tools;
using Microsoft.Extensions.Options;

namespace LoopBus.Planner;

/// <summary>Plans by the script in the loop's definition: the same loop and input give the same plan, without any model.</summary>
internal sealed class ScriptedPlanner(ToolCatalogue tools, IOptions<PlannerOptions> options) : IPlanner
{
    public Task<Proposal> Plan(MakePlan asked, CancellationToken cancellationToken) => Task.FromResult(Propose(asked));

    private Proposal Propose(MakePlan asked)
    {
        if (asked.Definition.Length > options.Value.MaxDefinitionLength)
            return Proposal.None("definition-too-large", $"The definition has {asked.Definition.Length} characters; at most {options.Value.MaxDefinitionLength} are read ({PlannerOptions.Section}:MaxDefinitionLength).");
        if (Read(asked.Definition) is not { } loop)
            return Proposal.None("definition-unreadable", $"The definition of {asked.Loop.Name}@{asked.Loop.Version} cannot be read; send the loop's canonical JSON.");
        if (loop.Hash != asked.Loop.Hash || loop.Name != asked.Loop.Name || loop.Version != asked.Loop.Version)
            return Proposal.None("definition-mismatch", $"The definition is not the one that the run is pinned to: it is {loop.Name}@{loop.Version} with hash {loop.Hash}, not {asked.Loop.Name}@{asked.Loop.Version} with {asked.Loop.Hash}.");
        if (loop.Planner != "scripted")
            return Proposal.None("planner-unknown", $"There is no planner '{loop.Planner}'; write planner: {{ kind: scripted }} in the loop.");
        if (JsonSchemaCheck.Problems(loop.Input, asked.Input) is { Count: > 0 } wrong)
            return Proposal.None("input-invalid", $"The input does not fit the loop: {string.Join("; ", wrong)}.");

        var plan = new Plan(asked.TaskId, asked.Attempt, loop.Steps);

        return PlanCheck.Problems(plan, loop, tools) is { Count: > 0 } problems
            ? Proposal.None("script-invalid", $"The script cannot run: {string.Join(" ", problems)}")
            : Proposal.Of(plan);
    }

    private static LoopDefinition? Read(string definition)
    {
        try
        {
            return LoopDefinition.FromJson(definition);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
