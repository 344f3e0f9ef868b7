using System.Text.Json;
using LoopBus.Contracts.Acts;
using LoopBus.Contracts.Compensation;
using LoopBus.Contracts.Critique;
using LoopBus.Contracts.Execution;
using LoopBus.Contracts.Planning;
using LoopBus.Coordinator.Runs;
using LoopBus.Hosting;
using LoopBus.Loops;
using MassTransit;

namespace LoopBus.Coordinator;

/// <summary>The verbs for what the executor and the critic answer.</summary>
internal sealed partial class RunBehavior
{
    public async Task StepDone(BehaviorContext<RunState, Inform<StepResult>> c)
    {
        var id = c.Message.Content.StepId;
        if (await Hear(c, Topic.Step, id) is not { } conversation)
            return;

        if (c.Saga.Document.Find(id) is { Status: StepStatus.AwaitingBids } announced)
            await RunVoice.CloseBidding(c, announced, new Reason("late", "Who had the step before has done it."));
        if (Settle(c, id) is not { } step)
            return;

        // Who did it is who undoes it.
        if (conversation.Participants is not null)
            step.Executor = c.Acl().Sender;
        await StepDone(c, step, c.Message.Content.Output, time.GetUtcNow());
    }

    private Task StepDone(BehaviorContext<RunState> c, StepState step, JsonElement output, DateTimeOffset at)
    {
        var document = c.Saga.Document;
        step.Status = StepStatus.Done;
        step.Output = output;
        step.Problem = null;
        step.EndedAt = at;
        step.Sequence = ++document.Completed;
        document.Note(at, $"{step.Id} done", step.Tool);

        return voice.Withdraw(c, Topic.Escalation, step.Id);
    }

    public async Task StepRefused(BehaviorContext<RunState, Refuse<ExecuteStep>> c)
    {
        var asked = c.Message.Content;
        if (await Hear(c, Topic.Step, asked.StepId) is not { } conversation)
            return;

        if (conversation.Participants is not null)
            await NotBid(c, conversation, asked);
        else if (SettleUndone(c, asked.StepId, asked.Attempt) is { } step)
        {
            // Leave that was given in time is asked for anew, not held against the run.
            if (c.Message.Reason.Code == ReasonCodes.GrantExpired && step.Gated && !step.MayHaveActed && c.Saga.Document.Ending is null)
                (step.Grant, step.Status) = (null, StepStatus.Ready);
            else
                await Fail(c, step, c.Message.Reason);
        }
    }

    public async Task StepFailed(BehaviorContext<RunState, Failure<ExecuteStep>> c)
    {
        var asked = c.Message.Content;
        if (await Hear(c, Topic.Step, asked.StepId) is not { } conversation)
            return;

        if (conversation.Participants is not null && !conversation.SaidWith(c.Acl().Sender).Contains(Performative.AcceptProposal))
            await NotBid(c, conversation, asked);
        else if (SettleUndone(c, asked.StepId, asked.Attempt) is { } step)
        {
            // That it begins no more says nothing of whether it began.
            if (c.Message.Reason.Code == ReasonCodes.TooLate && step.Executor is { } late)
                (step.Silent ??= []).Add(late);
            await StepFailed(c, step, c.Message.Reason);
        }
    }

    private async Task StepFailed(BehaviorContext<RunState> c, StepState step, Reason reason)
    {
        await voice.Withdraw(c, Topic.Escalation, step.Id);
        var run = c.Saga;
        var retry = run.Document.PlannedFor(step).Retry ?? new StepRetry();
        step.Problem = reason;

        if (reason.Code == ReasonCodes.InDoubt)
        {
            await voice.AskIfHappened(c, step);
            return;
        }

        run.Errors++;
        run.Document.Note(time.GetUtcNow(), $"{step.Id} failed", reason.Text);

        if (reason.Retryable && step.Attempt < retry.Attempts && run.Document.Ending is null && SpendRetry(run))
        {
            step.Status = StepStatus.AwaitingRetry;
            var jitter = RunId.Jitter(run.TaskId, step.Id, step.Attempt);
            voice.Later(run, DeadlineKind.Retry, retries.After(Backoff.FullJitter(retry, step.Attempt, jitter), jitter), step.Id);
            return;
        }

        await Fail(c, step, reason);
    }

    public async Task VerdictGiven(BehaviorContext<RunState, Inform<Verdict>> c)
    {
        var verdict = c.Message.Content;
        if (await Hear(c, Topic.Critique, verdict.Subject) is null)
            return;

        var document = c.Saga.Document;
        document.Close(Topic.Critique, verdict.Subject);
        await voice.Withdraw(c, Topic.Escalation, verdict.Subject, EscalationKind.MissingAnswer);

        var objection = string.Join(" ", verdict.Evidence.Where(e => !e.Holds).Select(e => $"{e.Check}: {e.Text}"));

        if (!verdict.Holds && !(verdict.Subject == RunSubject && Refine(c.Saga, DistanceOf(verdict), objection)))
            TurnBack(c.Saga, TerminationReason.VerificationFailed, $"{verdict.Subject}: {objection}");
        else if (!verdict.Holds)
            return;
        else if (verdict.Subject == RunSubject)
            document.Verified = true;
        else
            document.Planned[verdict.Subject] = PlannedStatus.Done;

        document.Note(time.GetUtcNow(), verdict.Holds ? $"{verdict.Subject} holds" : $"{verdict.Subject} does not hold", $"{verdict.Evidence.Count} checks");
    }

    public async Task CritiqueFailed(BehaviorContext<RunState, Failure<ResultHolds>> c)
    {
        var asked = c.Message.Content;
        if (await Hear(c, Topic.Critique, asked.Subject) is not { } conversation || IsAskedAnew(c.Saga.Document, conversation))
            return;

        c.Saga.Errors++;
        c.Saga.Document.Close(Topic.Critique, asked.Subject);
        await voice.Withdraw(c, Topic.Escalation, asked.Subject, EscalationKind.MissingAnswer);

        if (c.Message.Reason.Retryable && SpendRetry(c.Saga))
            await VerifyAgain(c, asked.Subject);
        else
            TurnBack(c.Saga, Fact(c.Message.Reason.Code, TerminationReason.VerificationFailed), $"{asked.Subject}: {c.Message.Reason.Text}");
    }

    public async Task StepCompensated(BehaviorContext<RunState, Inform<StepCompensated>> c)
    {
        if (await Hear(c, Topic.Compensation, c.Message.Content.StepId) is null || c.Saga.Document.Find(c.Message.Content.StepId) is not { } step)
            return;

        c.Saga.Document.Close(Topic.Compensation, step.Id);
        await voice.Withdraw(c, Topic.Escalation, step.Id);
        step.Status = StepStatus.Compensated;
        c.Saga.Document.Note(time.GetUtcNow(), $"{step.Id} undone");
    }

    public Task UndoFailed(BehaviorContext<RunState, Failure<CompensateStep>> c) => UndoFailed(c, c.Message.Content.StepId, c.Message.Reason);

    public Task UndoRefused(BehaviorContext<RunState, Refuse<CompensateStep>> c) => UndoFailed(c, c.Message.Content.StepId, c.Message.Reason with { Retryable = false });

    private async Task UndoFailed<T>(BehaviorContext<RunState, T> c, string stepId, Reason reason)
        where T : class
    {
        if (await Hear(c, Topic.Compensation, stepId) is not { } conversation || IsAskedAnew(c.Saga.Document, conversation)
            || c.Saga.Document.Find(stepId) is not { Status: StepStatus.Compensating } step)
            return;

        c.Saga.Document.Close(Topic.Compensation, step.Id);
        await UndoAgain(c, step, reason);
    }

    private async Task UndoAgain(BehaviorContext<RunState> c, StepState step, Reason reason)
    {
        var run = c.Saga;
        step.Problem = reason;
        step.Status = StepStatus.AwaitingCompensation;

        // An undo has its own bound, not the run's: what was done must not stay done because the run used its retries up.
        if (reason.Retryable && step.UndoAttempt % options.Value.UndoAttempts != 0)
            voice.Later(run, DeadlineKind.UndoRetry, Backoff.FullJitter(UndoRetry, step.UndoAttempt, RunId.Jitter(run.TaskId, step.Id, -step.UndoAttempt)), step.Id);
        else
            await voice.Escalate(c, EscalationKind.UndoFailed, step.Id, $"The undo of {step.Id} failed {step.UndoAttempt} times. Try it again?", reason.Text);
    }

    private static StepRetry UndoRetry { get; } = new(Attempts: int.MaxValue, DelaySeconds: 1, MaxDelaySeconds: 60);

    private Task VerifyAgain(BehaviorContext<RunState> c, string subject)
    {
        var run = c.Saga;
        var loop = loops.Pinned(run.LoopHash);

        return subject == RunSubject
            ? VerifyRun(c, loop)
            : voice.Verify(c, subject, StepFactory.Output(run.Document, subject), run.Document.PlannedFor(subject).Verify!);
    }

    // The first answer settles a step; what else was asked about it is then late.
    private static StepState? Settle(BehaviorContext<RunState> c, string stepId)
    {
        var step = c.Saga.Document.Find(stepId);
        if (step?.Status is not (StepStatus.AwaitingBids or StepStatus.Executing or StepStatus.Overdue or StepStatus.Ready or StepStatus.AwaitingRetry))
            return null;

        c.Saga.Document.Close(Topic.Step, stepId);
        step.Bids = null;

        return step;
    }

    // That an attempt failed says nothing of a later one, which may act right now.
    private static StepState? SettleUndone(BehaviorContext<RunState> c, string stepId, int attempt) =>
        c.Saga.Document.Find(stepId)?.Attempt > attempt ? null : Settle(c, stepId);

    private async Task Fail(BehaviorContext<RunState> c, StepState step, Reason reason)
    {
        await voice.Withdraw(c, Topic.Escalation, step.Id);
        var run = c.Saga;
        step.Problem = reason;
        step.Status = StepStatus.Failed;
        step.EndedAt = time.GetUtcNow();
        var loop = loops.Pinned(run.LoopHash);

        // A model may find another way; a script has none.
        if (!loop.IsOwn(step.Planned) && run.Document.Ending is null)
            run.Document.Guide("feedback", $"{step.Id} failed for good: {reason.Text}", "executor");
        else
            TurnBack(run, TerminationReason.StepFailed, $"{step.Id}: {reason.Text}");
    }

    private void GiveUpUndo(RunState run, StepState step, string problem)
    {
        step.Status = StepStatus.NotCompensated;
        step.Problem = new Reason("not-undone", problem);
        run.Document.Note(time.GetUtcNow(), $"{step.Id} is not undone", problem);
    }

    private bool SpendRetry(RunState run)
    {
        var document = run.Document;
        var loop = loops.Pinned(run.LoopHash);
        var wanted = Conductor.Figures(run) with { Retries = document.Retries + 1 };

        if (Terminator.Decide(wanted, Conductor.Limits(run, loop)) is not null)
            return false;

        document.Retries++;

        return true;
    }
}
