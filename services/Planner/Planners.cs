using System.Text.Json;
using LoopBus.Contracts.Planning;
using LoopBus.Loops;
using LoopBus.Loops.Json;
using Microsoft.Extensions.Options;

namespace LoopBus.Planner;

/// <summary>Reads the definition that a request brings, trusting no word of it, and has the planner of its kind plan.</summary>
internal sealed class Planners(IEnumerable<IPlanner> planners, IOptions<PlannerOptions> options)
{
    public async Task<Proposal> Plan(MakePlan asked, CancellationToken cancellationToken)
    {
        if (asked.Definition.Length > options.Value.MaxDefinitionLength)
            return Proposal.None("definition-too-large", $"The definition has {asked.Definition.Length} characters; at most {options.Value.MaxDefinitionLength} are read ({PlannerOptions.Section}:MaxDefinitionLength).");
        if (Read(asked.Definition) is not { } loop)
            return Proposal.None("definition-unreadable", $"The definition of {asked.Loop.Name}@{asked.Loop.Version} cannot be read; send the loop's canonical JSON.");
        if (loop.Hash != asked.Loop.Hash || loop.Name != asked.Loop.Name || loop.Version != asked.Loop.Version)
            return Proposal.None("definition-mismatch", $"The definition is not the one that the run is pinned to: it is {loop.Name}@{loop.Version} with hash {loop.Hash}, not {asked.Loop.Name}@{asked.Loop.Version} with {asked.Loop.Hash}.");
        if (planners.FirstOrDefault(planner => planner.Plans(loop)) is not { } planner)
            return Proposal.None("planner-unknown", $"There is no planner '{loop.Planner}'; write planner: {{ kind: {LoopDefinition.Scripted} }} or {{ kind: {LoopDefinition.Model} }} in the loop.");
        if (JsonSchemaCheck.Problems(loop.Input, asked.Input) is { Count: > 0 } wrong)
            return Proposal.None("input-invalid", $"The input does not fit the loop: {string.Join("; ", wrong)}.");

        return await planner.Plan(asked, loop, cancellationToken);
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
