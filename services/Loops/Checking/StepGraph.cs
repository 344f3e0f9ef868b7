using LoopBus.Contracts.Planning;

namespace LoopBus.Loops.Checking;

/// <summary>Which step waits for which.</summary>
internal sealed class StepGraph
{
    private readonly Dictionary<string, PlannedStep> steps = [];

    public StepGraph(IEnumerable<PlannedStep> steps)
    {
        foreach (var step in steps)
            this.steps.TryAdd(step.Id, step);
    }

    public IEnumerable<string> Ids => steps.Keys;

    public PlannedStep? Find(string id) => steps.GetValueOrDefault(id);

    /// <summary>All that a step waits for, directly or through others; a step in a cycle waits for itself.</summary>
    public ISet<string> Upstream(PlannedStep step)
    {
        var found = new HashSet<string>();
        var open = new Stack<string>(step.DependsOn);

        while (open.TryPop(out var id))
            if (steps.TryGetValue(id, out var next) && found.Add(id))
                foreach (var further in next.DependsOn)
                    open.Push(further);

        return found;
    }
}
