using LoopBus.Coordinator.Runs;
using LoopBus.Loops;
using static LoopBus.Coordinator.Tests.Runs.Story;

namespace LoopBus.Coordinator.Tests.Runs;

/// <summary>Takes a run through what may happen to it, by a seeded choice at each turn, and notes the ways from state to state.</summary>
internal sealed class Wanderer(int seed, SortedSet<string> ways)
{
    private readonly Random random = new(seed);
    private readonly Story story = new(Step("a", "write", undo: true), Step("b", verify: [new("schema", Json("{}"))]), Step("c", "publish", after: "a b"));
    private string quarantinedFrom = "";

    private RunState Run => story.Run;

    private RunDocument Document => story.Run.Document;

    public void Wander()
    {
        var plan = Document.Plan;
        Document.Plan = null;
        story.Loop = story.Loop with { Verification = [new("schema", Json("{}"))] };

        for (var turn = 0; turn < 200 && Run.EndedAt is null; turn++)
        {
            var from = story.Phase;
            var moves = Moves(plan!).ToList();
            if (moves.Count == 0)
                continue;
            var (name, move) = moves[random.Next(moves.Count)];
            move();
            story.GoOn();
            if (story.Phase != from)
                ways.Add($"    {from} --> {story.Phase}: {name}");
        }

        if (Run.EndedAt is not null && Run.Next == nameof(RunStateMachine.Quarantined))
            ways.Add($"    Quarantined --> {quarantinedFrom}: redriven and answered");
    }

    private IEnumerable<(string Name, Action Move)> Moves(List<Contracts.Planning.PlannedStep> plan)
    {
        if (Document.Plan is null)
        {
            yield return ("plan proposed", () => (Document.Plan, _) = (plan, CloseAll(Topic.Escalation)));
            yield return ("planner does not answer", () => Open(Topic.Escalation, "@plan"));
            yield return ("plan refused", () => Document.Ending ??= Ending.Of(TerminationReason.PlanRefused, ""));
        }

        foreach (var step in Document.Steps)
            foreach (var move in MovesOf(step))
                yield return move;

        foreach (var (id, _) in Document.Planned.Where(planned => planned.Value == PlannedStatus.Critiquing))
        {
            if (!Document.IsOpen(Topic.Critique, id))
                Open(Topic.Critique, id);
            yield return ("result holds", () => (Document.Planned[id], _) = (PlannedStatus.Done, Close(Topic.Critique, id)));
            yield return ("result does not hold", () => (Document.Ending, _) = (Document.Ending ?? Ending.Of(TerminationReason.VerificationFailed, ""), Close(Topic.Critique, id)));
        }

        if (Document.IsOpen(Topic.Critique, "@run"))
            yield return ("result holds", () => (Document.Verified, _) = (true, Close(Topic.Critique, "@run")));

        if (Document.Ending is null && Seldom())
        {
            yield return ("cancelled", () => Document.Ending = Ending.Of(TerminationReason.Cancelled, ""));
            yield return ("wall clock spent", () => Document.Ending = Ending.Of(TerminationReason.WallClockExceeded, ""));
            yield return Document.Paused ? ("resumed", () => Document.Paused = false) : ("paused", () => Document.Paused = true);
        }

        if (Seldom())
            yield return ("message dead-lettered", Quarantine);
        else if (Document.Paused)
            yield return ("resumed", () => Document.Paused = false);
    }

    private IEnumerable<(string Name, Action Move)> MovesOf(StepState step)
    {
        switch (step.Status)
        {
            case StepStatus.Executing:
                yield return ("step done", () => Done(step));
                yield return ("step failed", () => (step.Status, Document.Ending) = (StepStatus.Failed, Document.Ending ?? Ending.Of(TerminationReason.StepFailed, "")));
                yield return ("effect in doubt", () => (step.Status, _) = (StepStatus.InDoubt, Open(Topic.Effect, step.Id)));
                yield return ("executor does not answer", () => (step.Status, _) = (StepStatus.Overdue, Open(Topic.Escalation, step.Id)));
                break;
            case StepStatus.AwaitingApproval:
                yield return ("gate accepted", () => (step.Status, step.Grant) = (StepStatus.Ready, new("t1", step.Id, step.ActionHash, ["ada"], default, default, "")));
                yield return ("gate rejected", () => Document.Ending ??= Ending.Of(TerminationReason.Rejected, ""));
                break;
            case StepStatus.InDoubt:
                yield return ("effect settled", () => (step.Status, _) = (Document.Ending is null ? StepStatus.Ready : StepStatus.Dropped, Close(Topic.Effect, step.Id)));
                break;
            case StepStatus.Overdue:
                yield return ("people try again", () => (step.Status, _) = (StepStatus.Ready, Close(Topic.Escalation, step.Id)));
                yield return ("people give up", () => (step.Status, Document.Ending, _) = (StepStatus.Dropped, Document.Ending ?? Ending.Of(TerminationReason.StepFailed, ""), Close(Topic.Escalation, step.Id)));
                break;
            case StepStatus.Compensating:
                yield return ("step compensated", () => step.Status = StepStatus.Compensated);
                yield return ("undo failed", () => (step.Status, _) = (StepStatus.AwaitingCompensation, Open(Topic.Escalation, step.Id)));
                break;
            case StepStatus.AwaitingCompensation:
                yield return ("people try again", () => (step.Status, _) = (StepStatus.Done, Close(Topic.Escalation, step.Id)));
                yield return ("people give up", () => (step.Status, _) = (StepStatus.NotCompensated, Close(Topic.Escalation, step.Id)));
                break;
        }
    }

    private bool Seldom() => random.Next(8) == 0;

    private void Done(StepState step) => (step.Status, step.Output, step.Sequence) = (StepStatus.Done, Json("{}"), ++Document.Completed);

    private void Quarantine() => (quarantinedFrom, Run.EndedAt, Run.Next) = (story.Phase, DateTimeOffset.UnixEpoch, nameof(RunStateMachine.Quarantined));

    private bool Open(Topic topic, string subject)
    {
        Document.Conversations.Add(new Conversation { Id = Guid.NewGuid(), Protocol = "", Topic = topic, Subject = subject, Said = [] });

        return true;
    }

    private bool Close(Topic topic, string subject)
    {
        Document.Close(topic, subject);

        return true;
    }

    private bool CloseAll(Topic topic)
    {
        Document.Conversations.ForEach(conversation => conversation.Open &= conversation.Topic != topic);

        return true;
    }
}
