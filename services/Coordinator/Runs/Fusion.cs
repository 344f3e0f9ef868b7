using LoopBus.Contracts.Planning;
using LoopBus.Loops;
using LoopBus.Loops.Templates;
using LoopBus.Loops.Tools;

namespace LoopBus.Coordinator.Runs;

/// <summary>Which planned steps go to the executor together with one: those that need no decision in between, and that keep nothing else waiting. A pure function.</summary>
/// <param name="tools">What the tools declare.</param>
/// <param name="most">The most steps of a segment, its first included.</param>
internal sealed class Fusion(LoopDefinition loop, ToolCatalogue tools, int most)
{
    public IReadOnlyList<PlannedStep> Followers(RunState run, StepState first)
    {
        var document = run.Document;
        var last = document.PlannedFor(first);
        var followers = new List<PlannedStep>();
        // What an earlier question about the same steps left open counts once.
        var begin = document.HandedOver().Select(step => step.Id).ToHashSet();

        // What was asked before, and answered by a failure or not at all, is asked alone.
        if (first.Asked > 0 || first.Gated || last.ForEach is not null || AsksModels(last))
            return followers;

        while (followers.Count < most - 1 && last.Verify is not { Count: > 0 } && Next(document, first, followers, last) is { } next)
        {
            begin.Add(next.Id);
            if (run.Iteration + begin.Count > run.MaxIterations)
                break;
            followers.Add(next);
            last = next;
        }

        return followers;
    }

    private PlannedStep? Next(RunDocument document, StepState first, List<PlannedStep> followers, PlannedStep last)
    {
        var waiting = document.Plan!.FindAll(step => !document.Planned.ContainsKey(step.Id) && !followers.Contains(step));
        var freed = waiting.FindAll(step => step.DependsOn.Contains(last.Id) && step.DependsOn.All(IsDoneThen));

        return freed is [var next] && NeedsNobody(next) && !SeesTheResult(next) && waiting.TrueForAll(step => step == next || !step.DependsOn.Contains(last.Id) || WaitsFor(document.Plan, step, next))
            ? next
            : null;

        bool IsDoneThen(string id) => id == first.Planned || document.IsDone(id) || followers.Exists(step => step.Id == id);
    }

    // The executor, who fills in a follower's arguments, is not told the result.
    private static bool SeesTheResult(PlannedStep step) => Template.References(step.Arguments).Any(reference => reference.Root == "result");

    private bool NeedsNobody(PlannedStep step)
    {
        var declared = tools.Find(step.Tool)?.WorstOf(step.Arguments);

        return step.ForEach is null && !AsksModels(step) && !loop.IsAnnounced(step.Tool) && !Gate.Decide(declared?.Effect, declared?.BlastRadius, step.Gate).Required;
    }

    // What it may take is said with its own request.
    private bool AsksModels(PlannedStep step) => tools.Find(step.Tool)?.AsksModels == true;

    private static bool WaitsFor(List<PlannedStep> plan, PlannedStep step, PlannedStep other)
    {
        var open = new Stack<string>(step.DependsOn);
        var seen = new HashSet<string>();

        while (open.TryPop(out var id))
        {
            if (id == other.Id)
                return true;
            if (seen.Add(id) && plan.Find(planned => planned.Id == id) is { } upstream)
                foreach (var further in upstream.DependsOn)
                    open.Push(further);
        }

        return false;
    }
}
