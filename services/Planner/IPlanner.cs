using LoopBus.Contracts.Planning;

namespace LoopBus.Planner;

/// <summary>The seam to decision: makes a plan, or says why not.</summary>
internal interface IPlanner
{
    Task<Proposal> Plan(MakePlan asked, CancellationToken cancellationToken);
}
