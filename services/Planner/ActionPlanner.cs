using LoopBus.Contracts.Planning;
using LoopBus.Loops;
using LoopBus.Loops.Memory;
using LoopBus.Loops.Prompts;
using LoopBus.Planner.Memories;

namespace LoopBus.Planner;

/// <summary>
/// Has a model decide after each action what is done next, or that nothing is (ReAct; Yao et al., 2023). Whether that may be done is for the coordinator to say; what
/// it rejects comes back with the reasons.
/// </summary>
internal sealed class ActionPlanner(PlanQuestion question, RunPrompt prompts, Anchors anchors, Recollection memory, PlannerMetrics metrics, PlannerLog log) : IPlanner
{
    public bool Plans(LoopDefinition loop) => loop is { Planner: LoopDefinition.Model, Topology: LoopDefinition.Reflexive };

    public Task<Proposal> Plan(MakePlan asked, LoopDefinition loop, CancellationToken cancellationToken) => Guarded.Plan(loop, async () =>
    {
        var template = loop.Prompt is { } own ? PromptTemplate.Of(own) : PromptTemplate.Act;
        var (anchor, key) = await anchors.Of(asked, loop, "act", cancellationToken);
        var (prompt, use) = prompts.Of(template, asked, loop, anchor, MemoryNotes.Of(await memory.Of(asked, loop, cancellationToken), asked, loop));

        return await question.Ask<ActionAnswer>(
            asked, loop, key, prompt, ActionAnswer.Schema, "action",
            answer => answer.Wrong(asked),
            (answer, spent) => answer.ToPlan(asked, spent, use, Believed(answer, asked)),
            cancellationToken);
    });

    private IReadOnlyList<Fact> Believed(ActionAnswer answer, MakePlan asked)
    {
        var (facts, unfounded) = Grounding.Of(answer.Learned, asked, answer.Subgoal);
        metrics.Learned(facts.Count, unfounded);
        if (unfounded > 0)
            log.Unfounded(asked.TaskId, asked.Attempt, unfounded);

        return facts;
    }
}
