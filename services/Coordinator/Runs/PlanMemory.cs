using System.Collections.Concurrent;
using LoopBus.Contracts.Planning;
using LoopBus.Loops;
using Microsoft.Extensions.Options;

namespace LoopBus.Coordinator.Runs;

/// <summary>The plans that the planner proposed for scripted loops, one for each loop version: the same script gives the same plan.</summary>
internal sealed class PlanMemory(IOptions<CoordinatorOptions> options)
{
    private readonly ConcurrentDictionary<string, IReadOnlyList<PlannedStep>> plans = [];

    public IReadOnlyList<PlannedStep>? Of(LoopDefinition loop) => plans.GetValueOrDefault(loop.Hash);

    /// <summary>Keeps a plan that was accepted, unless it came of more than the script.</summary>
    public void Keep(LoopDefinition loop, Plan plan)
    {
        if (options.Value.RememberScripts && loop.Planner == LoopDefinition.Scripted && plan.Attempt == 1)
            plans.TryAdd(loop.Hash, plan.Steps);
    }
}
