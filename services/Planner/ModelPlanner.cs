using LoopBus.Contracts.Planning;
using LoopBus.Loops;
using LoopBus.Loops.Prompts;
using LoopBus.Models;
using LoopBus.Planner.Memories;

namespace LoopBus.Planner;

/// <summary>
/// Has a model write the plan, or what remains of one. Whether the plan may run is for the coordinator to say; what it rejects comes back with the reasons, as a
/// further attempt.
/// </summary>
internal sealed class ModelPlanner(PlanQuestion question, RunPrompt prompts, Anchors anchors, Recollection memory) : IPlanner
{
    public bool Plans(LoopDefinition loop) => loop is { Planner: LoopDefinition.Model, IsStepwise: false };

    public Task<Proposal> Plan(MakePlan asked, LoopDefinition loop, CancellationToken cancellationToken) => Guarded.Plan(loop, async () =>
    {
        var template = loop.Prompt is { } own ? PromptTemplate.Of(own) : PromptTemplate.Plan;
        var (anchor, key) = await anchors.Of(asked, loop, "plan", cancellationToken);
        var recalled = MemoryNotes.Of(await memory.Of(asked, loop, cancellationToken), asked, loop);
        var (prompt, use) = HasBegun(asked) ? prompts.Of(template, asked, loop, anchor, recalled) : (prompts.Whole(template, asked, loop, recalled), null);

        return await question.Ask<PlanAnswer>(
            asked, loop, key, prompt, PlanAnswer.Schema, "plan",
            answer => answer.Wrong(asked),
            (answer, spent) => answer.ToPlan(asked, spent, use),
            cancellationToken);
    });

    private static bool HasBegun(MakePlan asked) => asked is { Turns.Count: > 0 } or { Guidance.Count: > 0 } or { Facts.Count: > 0 };
}
