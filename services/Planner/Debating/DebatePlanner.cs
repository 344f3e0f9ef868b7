using LoopBus.Contracts.Planning;
using LoopBus.Loops;

namespace LoopBus.Planner.Debating;

/// <summary>Gathers action by action as in a reflexive loop; when it would be finished, several debate what the result is.</summary>
internal sealed class DebatePlanner(ActionPlanner actions, Debate debate) : IPlanner
{
    public bool Plans(LoopDefinition loop) => loop is { Planner: LoopDefinition.Model, Topology: LoopDefinition.Debated, Debate: not null };

    public async Task<Proposal> Plan(MakePlan asked, LoopDefinition loop, CancellationToken cancellationToken)
    {
        var proposal = await actions.Plan(asked, loop, cancellationToken);

        return proposal.Plan is { Thought.Finished: true } finished
            ? await Guarded.Plan(loop, () => debate.Decide(asked, loop, loop.Debate!, finished, cancellationToken))
            : proposal;
    }
}
