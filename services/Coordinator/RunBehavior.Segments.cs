using LoopBus.Contracts.Acts;
using LoopBus.Contracts.Execution;
using LoopBus.Contracts.Planning;
using LoopBus.Coordinator.Runs;
using LoopBus.Loops;
using MassTransit;

namespace LoopBus.Coordinator;

/// <summary>The verbs for several steps at once: a report is as many answers as it has steps.</summary>
internal sealed partial class RunBehavior
{
    public async Task SegmentDone(BehaviorContext<RunState, Inform<SegmentResult>> c)
    {
        var result = c.Message.Content;
        if (await Hear(c, Topic.Segment, result.FirstStepId) is not { } conversation)
            return;

        conversation.Open = false;

        foreach (var report in result.Steps ?? [])
            if (await Reported(c, conversation, report) is { } step)
                await Take(c, step, report);

        // Where the same steps were asked for twice, one report is enough.
        await voice.Halt(c, result.FirstStepId);
    }

    public async Task SegmentRefused(BehaviorContext<RunState, Refuse<ExecuteSegment>> c)
    {
        var first = c.Message.Content.FirstStepId;
        if (await Hear(c, Topic.Segment, first) is not { } conversation)
            return;

        conversation.Open = false;
        if (Settle(c, first) is { } step)
            await Fail(c, step, c.Message.Reason);
    }

    /// <summary>No account of the steps: the first is tried again, or of the others nothing is known.</summary>
    public async Task SegmentFailed(BehaviorContext<RunState, Failure<ExecuteSegment>> c)
    {
        var first = c.Message.Content.FirstStepId;
        if (await Hear(c, Topic.Segment, first) is not { } conversation)
            return;

        conversation.Open = false;
        if (SettleUndone(c, first, attempt: 1) is { } step)
            await StepFailed(c, step, c.Message.Reason);
        if (c.Saga.Document.Ending is not null)
            GiveUpSegment(c.Saga, conversation);
    }

    // A follower begins, for the run, with its report; the first word about a step settles it, from wherever it comes.
    private async Task<StepState?> Reported(BehaviorContext<RunState> c, Conversation conversation, StepReport report)
    {
        var run = c.Saga;
        var document = run.Document;

        if (!document.Planned.ContainsKey(report.StepId)
            && conversation.Steps!.Contains(report.StepId)
            && document.Plan!.Find(step => step.Id == report.StepId) is { } planned
            && planned.DependsOn.All(document.IsDone))
        {
            await Try(() => BeginStep(run, loops.Pinned(run.LoopHash), planned), problem => NotBegun(run, planned, report, problem));
            if (document.Find(report.StepId) is { ActionHash.Length: > 0 } begun)
                (begun.Status, begun.Attempt, begun.Asked) = (StepStatus.Executing, 1, 1);
        }

        if (report.Performative != Performative.Inform)
            return SettleUndone(c, report.StepId, report.Attempt);

        // Where the same steps were asked for twice, one executor may have done what the other could not: that it was done counts, so that it is undone.
        return Settle(c, report.StepId) ?? (document.Find(report.StepId) is { Status: StepStatus.Failed or StepStatus.Dropped or StepStatus.NotCompensated } unsettled ? unsettled : null);
    }

    private void NotBegun(RunState run, PlannedStep planned, StepReport report, string problem)
    {
        if (MayHaveActed(report))
        {
            run.Document.Steps.Add(steps.Unreported(run, planned, new Reason("action-unknown", problem)));
            run.Document.Planned[planned.Id] = PlannedStatus.Executing;
        }

        TurnBack(run, TerminationReason.StepFailed, $"{planned.Id}: {problem}");
    }

    private async Task Take(BehaviorContext<RunState> c, StepState step, StepReport report)
    {
        step.StartedAt = report.StartedAt;
        var reason = report.Reason ?? new Reason("no-reason", "The executor gave no reason.");

        if (report.ActionHash is { } hash && hash != step.ActionHash)
        {
            await Fail(c, step, new Reason("action-differs", $"The executor did {hash}, the run's action is {step.ActionHash}: do both services have the same version?"));
            // What it did is not what the undo was made for.
            if (MayHaveActed(report) && step.Effect != Effect.None)
                step.Status = StepStatus.NotCompensated;
            TurnBack(c.Saga, TerminationReason.StepFailed, $"{step.Id}: {step.Problem!.Text}");
            return;
        }

        switch (report.Performative)
        {
            case Performative.Inform:
                await StepDone(c, step, report.Output ?? StepFactory.EmptyObject, report.EndedAt);
                // What follows in the report sees its output. Only a segment's last step can have checks.
                if (c.Saga.Document.PlannedFor(step).Verify is not { Count: > 0 })
                    c.Saga.Document.Planned[step.Planned] = PlannedStatus.Done;
                break;
            case Performative.Failure:
                await StepFailed(c, step, reason);
                break;
            default:
                await Fail(c, step, reason);
                break;
        }
    }

    private static bool MayHaveActed(StepReport report) =>
        report.Performative == Performative.Inform || (report.Performative == Performative.Failure && report.Reason?.Code == ReasonCodes.InDoubt);

    private void GiveUpSegment(RunState run, Conversation conversation)
    {
        var document = run.Document;
        conversation.Open = false;

        foreach (var planned in document.Plan!.Where(step => conversation.Steps!.Contains(step.Id) && !document.Planned.ContainsKey(step.Id)).ToList())
        {
            var step = steps.Unreported(run, planned, new Reason(ReasonCodes.NoAnswer, $"The executor had {planned.Id} at hand after {conversation.Subject}, and did not say whether it began."));
            document.Steps.Add(step);
            document.Planned[planned.Id] = PlannedStatus.Executing;
            document.Note(time.GetUtcNow(), $"no answer about {step.Id}", step.Problem!.Text);
        }
    }
}
