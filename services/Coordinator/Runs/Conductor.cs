using LoopBus.Contracts.Planning;
using LoopBus.Loops;

namespace LoopBus.Coordinator.Runs;

/// <summary>
/// What a run does next, as a pure function of its state and its loop: no clock, no randomness, no I/O.
/// It is asked again after each decision is carried out, until it has none.
/// </summary>
internal static class Conductor
{
    public static Decision? Decide(RunState run, LoopDefinition loop, Fusion fusion)
    {
        var document = run.Document;

        if (run.EndedAt is not null)
            return null;
        if (document.Ending is { } ending)
            return TurnBack(document, ending);
        if (document.IsStuck)
            return null;
        if (Terminator.Decide(Figures(run), Limits(run, loop)) is { } termination)
            return new Decision.Stop(termination);

        return document.Paused || document.Plan is null ? null : GoOn(run, loop, fusion);
    }

    public static RunFigures Figures(RunState run) => new(
        Iterations: run.Iteration,
        Errors: run.Errors,
        Retries: run.Document.Retries,
        Replans: run.Document.Rejections.Count + run.Document.Replanned,
        Tokens: run.Document.Tokens,
        Usd: run.Document.Usd,
        Detail: run.Document.Steps.FindLast(step => step.Problem is not null)?.Problem?.Text ?? run.Document.Rejections.LastOrDefault());

    public static LoopLimits Limits(RunState run, LoopDefinition loop) => loop.Limits with { Iterations = run.MaxIterations };

    /// <returns>The name of the state that a run is in, for what it waits for now.</returns>
    public static string Phase(RunDocument document)
    {
        if (document.IsOpen(Topic.Escalation) || document.IsOpen(Topic.Effect))
            return nameof(RunStateMachine.Escalated);
        if (document.Ending is not null)
            return nameof(RunStateMachine.Compensating);
        if (document.Paused)
            return nameof(RunStateMachine.Paused);
        if (document.Plan is null || document.IsOpen(Topic.Plan))
            return nameof(RunStateMachine.Planning);
        if (document.Steps.Exists(step => step.Status is StepStatus.AwaitingBids or StepStatus.Executing or StepStatus.AwaitingRetry))
            return nameof(RunStateMachine.Executing);
        if (document.IsOpen(Topic.Critique))
            return nameof(RunStateMachine.Critiquing);

        return document.Steps.Exists(step => step.Status == StepStatus.AwaitingApproval)
            ? nameof(RunStateMachine.AwaitingApproval)
            : nameof(RunStateMachine.Executing);
    }

    private static Decision? GoOn(RunState run, LoopDefinition loop, Fusion fusion)
    {
        var document = run.Document;
        if (loop.Invariants is { Count: > 0 } && document.Settled > document.Observed)
            return new Decision.Observe();

        foreach (var planned in document.Plan!)
        {
            if (!document.Planned.TryGetValue(planned.Id, out var status))
            {
                if (!document.Undecided && planned.DependsOn.All(document.IsDone))
                    return Begin(run, loop, planned);
            }
            else if (status == PlannedStatus.Executing && Next(run, loop, planned, fusion) is { } next)
            {
                return next;
            }
        }

        if (document.Undecided && document.Conversations.Find(open => open is { Open: true, Topic: Topic.Segment, Overdue: true, IsCancelled: true }) is { } lost)
            return new Decision.LoseSegment(lost);
        // What the executor is at comes to its end first; what it has not begun is left.
        if ((document.Undecided && document.IsOpen(Topic.Segment)) || document.Plan.Exists(planned => !document.IsSettled(planned.Id) && (!document.Undecided || document.Planned.ContainsKey(planned.Id))))
            return null;
        if (document.Undecided || (loop.IsStepwise && !document.Finished))
            return document.IsOpen(Topic.Plan) ? null : new Decision.AskNext();
        if (!document.LookedBack && loop.Invariants?.Any(invariant => invariant.Kind == InvariantKinds.Fresh) == true)
            return new Decision.LookBack();
        if (loop.Verification.Count > 0 && !document.Verified)
            return document.IsOpen(Topic.Critique) || document.IsOpen(Topic.Escalation) ? null : new Decision.VerifyRun();

        if (loop.Then is [var after, ..] && !document.Plan.Exists(planned => planned.Id == after.Id))
            return new Decision.Follow();

        return new Decision.End(nameof(RunStateMachine.Completed), Terminator.Decide(new RunFigures(Done: true), loop.Limits)!.Sentence);
    }

    private static Decision Begin(RunState run, LoopDefinition loop, PlannedStep planned) =>
        Terminator.Decide(Figures(run) with { Iterations = run.Iteration + run.Document.HandedOver().Count(step => step.Id != planned.Id) + 1 }, Limits(run, loop)) is { } termination
            ? new Decision.Stop(termination)
            : new Decision.Begin(planned);

    private static Decision? Next(RunState run, LoopDefinition loop, PlannedStep planned, Fusion fusion)
    {
        var document = run.Document;
        var steps = document.StepsOf(planned.Id).ToList();
        var ready = steps.FindAll(step => step.Status == StepStatus.Ready);
        var active = steps.Count(step => step.Status is StepStatus.AwaitingBids or StepStatus.Executing or StepStatus.AwaitingRetry or StepStatus.Overdue);

        if (steps.Exists(step => step.Status == StepStatus.Failed))
            return Left(planned, steps);
        if (ready.Find(step => step.Gated && step.Grant is null) is { } gated)
            return new Decision.AskLeave(gated);
        if (ready.Count > 0 && active < Math.Max(1, planned.Parallel))
            return loop.IsAnnounced(planned.Tool) ? new Decision.Announce(ready[0])
                : fusion.Followers(run, ready[0]) is { Count: > 0 } followers ? new Decision.ExecuteSegment(ready[0], followers)
                : new Decision.Execute(ready[0]);

        return steps.TrueForAll(step => step.Status == StepStatus.Done) ? new Decision.Conclude(planned) : null;
    }

    // One failed for good: what may have acted is settled, the others are left.
    private static Decision? Left(PlannedStep planned, List<StepState> steps)
    {
        if (steps.Find(step => step is { Status: StepStatus.Ready or StepStatus.AwaitingBids, MayHaveActed: true }) is { } unknown)
            return new Decision.Execute(unknown);
        if (steps.Find(step => step.Status is StepStatus.Ready or StepStatus.AwaitingApproval or StepStatus.AwaitingBids) is { } idle)
            return new Decision.Drop(idle);

        return steps.Exists(step => step.Status is StepStatus.Executing or StepStatus.AwaitingRetry or StepStatus.Overdue or StepStatus.InDoubt) ? null : new Decision.GiveUpStep(planned);
    }

    private static Decision? TurnBack(RunDocument document, Ending ending)
    {
        var steps = document.Steps;

        // Asked for again, the executor tells what its ledger knows: what was done is undone then, and not forgotten.
        if (steps.Find(step => step is { Status: StepStatus.Ready or StepStatus.AwaitingBids or StepStatus.AwaitingRetry, MayHaveActed: true }) is { } unknown)
            return new Decision.Execute(unknown);

        // Overdue without an attempt: only people were asked, whether it may.
        if (steps.Find(step => step.Status is StepStatus.Ready or StepStatus.AwaitingApproval or StepStatus.AwaitingBids or StepStatus.AwaitingRetry or StepStatus.Failed
                || step is { Status: StepStatus.Overdue, Attempt: 0 }) is { } idle)
            return new Decision.Drop(idle);

        // An effect that may still happen cannot be undone yet: its answer, its watchdog or a person settles it first.
        if (steps.Exists(step => step.Status is StepStatus.Executing or StepStatus.Overdue or StepStatus.InDoubt
                or StepStatus.Compensating or StepStatus.AwaitingCompensation))
            return null;

        // Nor while a segment may begin steps of which nothing is known: it is cancelled, and reports. One that does not is given up, in its own time.
        if (document.Conversations.Find(conversation => conversation is { Open: true, Topic: Topic.Segment }) is { } segment)
            return segment is { Overdue: true, IsCancelled: true } ? new Decision.GiveUpSegment(segment) : null;

        var newest = steps.Where(step => step.Status == StepStatus.Done && document.PlannedFor(step).Compensate is not null).MaxBy(step => step.Sequence);
        if (newest is not null)
            return new Decision.Compensate(newest);

        var left = steps.FindAll(step => step.Status == StepStatus.NotCompensated);

        return left.Count > 0
            ? new Decision.End(nameof(RunStateMachine.Failed), $"{ending.Sentence} Not undone: {string.Join(", ", left.Select(step => step.Id))}.")
            : new Decision.End(EndState(document, ending), ending.Sentence);
    }

    // compensated: the run was turned back, by people or after effects that are undone, and nothing of it is left.
    private static string EndState(RunDocument document, Ending ending) => ending.Reason switch
    {
        TerminationReason.Cancelled => nameof(RunStateMachine.Cancelled),
        TerminationReason.Rejected or TerminationReason.ApprovalExpired => nameof(RunStateMachine.Compensated),
        _ => document.Steps.Exists(step => step.Status == StepStatus.Compensated)
            ? nameof(RunStateMachine.Compensated)
            : nameof(RunStateMachine.Failed),
    };
}
