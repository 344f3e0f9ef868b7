using LoopBus.Contracts.Planning;
using LoopBus.Loops;
using LoopBus.Loops.Tools;

namespace LoopBus.Planner;

/// <summary>Plans by the script in the loop's definition: the same loop and input give the same plan, without any model.</summary>
internal sealed class ScriptedPlanner(ToolCatalogue tools) : IPlanner
{
    public bool Plans(LoopDefinition loop) => loop.Planner == LoopDefinition.Scripted;

    public Task<Proposal> Plan(MakePlan asked, LoopDefinition loop, CancellationToken cancellationToken)
    {
        var plan = new Plan(asked.TaskId, asked.Attempt, loop.Steps);

        return Task.FromResult(PlanCheck.Problems(plan, loop, tools) is { Count: > 0 } problems
            ? Proposal.None("script-invalid", $"The script cannot run: {string.Join(" ", problems)}")
            : Proposal.Of(plan));
    }
}
