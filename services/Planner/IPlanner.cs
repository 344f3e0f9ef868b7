using LoopBus.Contracts.Planning;
using LoopBus.Loops;

namespace LoopBus.Planner;

/// <summary>The seam to decision: makes a plan, or says why not.</summary>
internal interface IPlanner
{
    /// <summary>Whether it makes the plans of this loop.</summary>
    bool Plans(LoopDefinition loop);

    /// <param name="loop">The definition that was sent along: it is the one that the run is pinned to, and the input fits it.</param>
    Task<Proposal> Plan(MakePlan asked, LoopDefinition loop, CancellationToken cancellationToken);
}
