using LoopBus.Contracts.Acts;
using LoopBus.Contracts.DeadLetters;
using LoopBus.Contracts.Runs;
using LoopBus.Coordinator.Runs;
using LoopBus.Hosting;
using LoopBus.Loops;
using MassTransit;

namespace LoopBus.Coordinator;

/// <summary>The verbs for operators, deadlines and dead letters, and for what is out of turn.</summary>
internal sealed partial class RunBehavior
{
    public async Task Cancel(BehaviorContext<RunState, Cancel<RunLoop>> c)
    {
        Revive(c, "it was cancelled");
        TurnBack(c.Saga, TerminationReason.Cancelled, c.Message.Reason ?? "no reason given");
        await RunReporter.Answer(c, new Inform<RunLoop>(c.Saga.Document.Trigger!));
    }

    public async Task Pause(BehaviorContext<RunState, Request<PauseRun>> c)
    {
        if (c.Saga.Document.Ending is not null)
        {
            await RunReporter.Answer(c, new Refuse<PauseRun>(c.Message.Content, new Reason("turning-back", $"Run {c.Saga.TaskId} is turning back; that cannot be paused.")));
            return;
        }

        if (IsOvertaken(c.Saga, c.Message.Content.At))
        {
            await RunReporter.Answer(c, new Refuse<PauseRun>(c.Message.Content, Overtaken));
            return;
        }

        c.Saga.Document.Paused = true;
        c.Saga.Document.Note(time.GetUtcNow(), "paused", c.Message.Content.By);
        await RunReporter.Answer(c, new Inform<PauseRun>(c.Message.Content));
    }

    public async Task Resume(BehaviorContext<RunState, Request<ResumeRun>> c)
    {
        if (IsOvertaken(c.Saga, c.Message.Content.At))
        {
            await RunReporter.Answer(c, new Refuse<ResumeRun>(c.Message.Content, Overtaken));
            return;
        }

        Revive(c, "it was resumed");
        c.Saga.Document.Paused = false;
        c.Saga.Document.Note(time.GetUtcNow(), "resumed", c.Message.Content.By);
        await RunReporter.Answer(c, new Inform<ResumeRun>(c.Message.Content));
    }

    private static Reason Overtaken { get; } = new("overtaken", "A later word on whether this run is paused came before this one.");

    // Two messages may pass each other: a resume that comes before its pause would leave the run paused for good.
    private static bool IsOvertaken(RunState run, DateTimeOffset? at)
    {
        if (at < run.Document.SteeredAt)
            return true;
        run.Document.SteeredAt = at ?? run.Document.SteeredAt;

        return false;
    }

    public Task TooLate<T>(BehaviorContext<RunState, T> c)
        where T : class =>
        NotUnderstand(c, "run-ended", $"Run {c.Saga.TaskId} has ended: {RunStatuses.Of(c.Saga.CurrentState)}.");

    public static Task TellStatus(BehaviorContext<RunState, QueryRef<RunStatus>> c) => RunReporter.Answer(c, new Inform<RunStatus>(RunReporter.StatusOf(c.Saga)));

    public Task Subscribe(BehaviorContext<RunState, Subscribe<RunProgress>> c) => reporter.Subscribe(c);

    public static Task Unsubscribe(BehaviorContext<RunState, Cancel<RunProgress>> c) => RunReporter.Unsubscribe(c);

    public async Task DeadlinePassed(BehaviorContext<RunState, Inform<DeadlinePassed>> c)
    {
        var due = c.Message.Content;
        var run = c.Saga;
        run.Document.Timers.RemoveAll(timer => (timer.Deadline, timer.StepId, timer.ConversationId) == (due.Deadline, due.StepId, due.ConversationId));

        switch (due.Deadline)
        {
            case DeadlineKind.WallClock:
                var limits = Conductor.Limits(run, loops.Pinned(run.LoopHash));
                run.Document.Ending ??= Ending.Of(Terminator.Decide(new RunFigures(ElapsedSeconds: Math.Max(limits.WallClockSeconds, (time.GetUtcNow() - run.StartedAt).TotalSeconds)), limits)!);
                break;
            case DeadlineKind.Retry when run.Document.Find(due.StepId ?? "") is { Status: StepStatus.AwaitingRetry } step:
                step.Status = StepStatus.Ready;
                break;
            case DeadlineKind.UndoRetry when run.Document.Find(due.StepId ?? "") is { Status: StepStatus.AwaitingCompensation } step && !IsAsked(run, step, EscalationKind.UndoFailed):
                step.Status = StepStatus.Done;
                break;
            // The time for bids may have been longer than bidding took.
            case DeadlineKind.Reply when run.Document.Conversations.Find(x => x.Id == due.ConversationId) is { Open: true, Overdue: false, Participants: not null } awarded && awarded.ReplyBy > time.GetUtcNow():
                voice.Later(run, DeadlineKind.Reply, awarded.ReplyBy.Value - time.GetUtcNow(), conversation: awarded.Id);
                break;
            case DeadlineKind.Reply when run.Document.Conversations.Find(x => x.Id == due.ConversationId) is { Open: true, Overdue: false } conversation:
                conversation.Overdue = true;
                await AnswerMissing(c, conversation);
                break;
        }
    }

    // The conversation stays open: an answer that comes late, but first, still counts.
    private async Task AnswerMissing(BehaviorContext<RunState> c, Conversation conversation)
    {
        if (conversation.IsUnsaid)
        {
            await AskNow(c, conversation);
            return;
        }

        var run = c.Saga;
        var step = run.Document.Find(conversation.Subject);
        if (step is { Status: StepStatus.AwaitingBids } && conversation.Participants is not null)
        {
            await Award(c, conversation, step);
            return;
        }

        var missing = new Reason(ReasonCodes.NoAnswer, $"No answer about {conversation.Subject} ({conversation.Topic}) within its reply-by.", Retryable: true);
        log.AnswerMissing(run.TaskId, conversation.Subject, conversation.Id);
        run.Document.Note(time.GetUtcNow(), $"no answer about {conversation.Subject}", conversation.Topic.ToString());

        switch (conversation.Topic)
        {
            case Topic.Gate when step is { Status: StepStatus.AwaitingApproval }:
                conversation.Open = false;
                await GateClosed(c, step, new Reason(ReasonCodes.Expired, "Nobody decided in time."));
                break;
            case Topic.Step when step is { Status: StepStatus.Executing }:
                step.Problem = missing;
                if (conversation.Participants is not null)
                    (step.Silent ??= []).Add(step.Executor!);
                step.Status = run.Document.Ending is null && SpendRetry(run) ? StepStatus.Ready : StepStatus.Overdue;
                if (step.Status == StepStatus.Overdue)
                    await voice.Escalate(c, EscalationKind.MissingAnswer, step.Id, $"The executor does not answer about {step.Id}. Ask it again?", missing.Text);
                break;
            case Topic.Segment when step is { Status: StepStatus.Executing }:
                step.Problem = missing;
                if (run.Document.Ending is null && SpendRetry(run))
                {
                    await voice.ExecuteSegment(c, step, conversation.Steps!.Skip(1).Select(run.Document.PlannedFor));
                    break;
                }

                step.Status = StepStatus.Overdue;
                await voice.Escalate(c, EscalationKind.MissingAnswer, step.Id, $"The executor does not answer about {string.Join(", ", conversation.Steps!)}. Ask it again?", missing.Text);
                break;
            case Topic.Compensation when step is { Status: StepStatus.Compensating }:
                await UndoAgain(c, step, missing);
                break;
            case Topic.Plan or Topic.Critique when run.Document.Ending is not null:
                conversation.Open = false;
                break;
            case Topic.Plan or Topic.Critique:
                if (SpendRetry(run))
                    await AskAgain(c, conversation.Subject);
                else
                    await voice.Escalate(c, EscalationKind.MissingAnswer, stepId: conversation.Subject, $"The {(conversation.Topic == Topic.Plan ? "planner" : "critic")} does not answer. Ask it again?", missing.Text);
                break;
            case Topic.Escalation:
                conversation.Open = false;
                GiveUp(run, conversation, "nobody decided in time");
                break;
            case Topic.Effect when step is { Status: StepStatus.InDoubt }:
                conversation.Open = false;
                GiveUpUndo(run, step, "nobody said in time whether its effect happened");
                TurnBack(run, TerminationReason.StepFailed, $"{step.Id}: nobody said in time whether its effect happened");
                break;
        }
    }

    private static bool IsAsked(RunState run, StepState step, string kind) =>
        run.Document.Conversations.Exists(open => open is { Open: true, Topic: Topic.Escalation } && open.Subject == step.Id && open.Kind == kind);

    /// <summary>Whether a later question about the same waits for its answer still: that an earlier one failed says nothing of it.</summary>
    private static bool IsAskedAnew(RunDocument document, Conversation failed)
    {
        failed.Open = false;

        return document.Conversations.Exists(later => later is { Open: true, Overdue: false } && later.Topic == failed.Topic && later.Subject == failed.Subject);
    }

    private Task AskAgain(BehaviorContext<RunState> c, string subject) =>
        subject == RunVoice.PlanSubject ? voice.AskForPlan(c, loops.Pinned(c.Saga.LoopHash))
        : c.Saga.Document.IsOpen(Topic.Critique, subject) ? VerifyAgain(c, subject)
        : Task.CompletedTask;

    /// <summary>A message of the run is set aside: so is the run, until the message is redriven and answered, or people resume or cancel the run.</summary>
    public async Task Quarantine(BehaviorContext<RunState, Inform<MessageDeadLettered>> c)
    {
        var letter = c.Message.Content;
        var run = c.Saga;
        run.EndedAt = time.GetUtcNow();
        run.Reason = Ending.Of(TerminationReason.Quarantined, $"{letter.Reason} in queue {letter.Queue}, dead letter {letter.DeadLetterId}").Sentence;
        run.Next = nameof(RunStateMachine.Quarantined);
        run.Document.Note(run.EndedAt.Value, "quarantined", run.Reason);
        await reporter.Outcome(c);
    }

    /// <summary>Finds the open conversation that an answer belongs to. Late answers are named and left; what is out of protocol is answered not-understood.</summary>
    private async Task<Conversation?> Hear<T>(BehaviorContext<RunState, T> c, Topic topic, string subject)
        where T : class
    {
        await budgets.Settle(c);
        var id = c.Acl().ConversationId;
        var conversation = c.Saga.Document.Conversations.Find(x => x.Id == id && x.Topic == topic && x.Subject == subject);
        var act = Performative.Of(typeof(T))!;

        if (conversation is null)
        {
            await NotUnderstand(c, "unknown-conversation", $"Run {c.Saga.TaskId} has no conversation {id} about {subject}.");
            return null;
        }

        if (!conversation.Open)
        {
            log.LateAnswer(c.Saga.TaskId, act, subject, conversation.Id);
            return null;
        }

        // What was said before a cancel arrived is no break of the protocol.
        var said = conversation.SaidWith(c.Acl().Sender);
        if (!Protocols.IsLegal(conversation.Protocol, said, act) && !Protocols.IsLegal(conversation.Protocol, said.Where(earlier => earlier != Performative.Cancel), act))
        {
            await NotUnderstand(c, "out-of-protocol", $"{act} does not follow {string.Join(", ", said)} in {conversation.Protocol}.");
            return null;
        }

        conversation.Add(c.Acl().Sender, act);
        Revive(c, "its dead letter was redriven");

        return conversation;
    }

    // What fell due in quarantine was left aside: the run gets its deadlines again, and what waits for an answer or the end has time anew.
    private void Revive(BehaviorContext<RunState> c, string why)
    {
        var run = c.Saga;
        if (run.EndedAt is null)
            return;

        run.EndedAt = null;
        run.Reason = null;
        run.Document.Note(time.GetUtcNow(), "taken up again", why);
        RunVoice.RecallTimers(c);
        run.Document.Timers.RemoveAll(timer => timer.Deadline is DeadlineKind.WallClock or DeadlineKind.Reply);
        voice.Later(run, DeadlineKind.WallClock, TimeSpan.FromSeconds(loops.Pinned(run.LoopHash).Limits.WallClockSeconds));

        var (now, grace) = (time.GetUtcNow(), TimeSpan.FromSeconds(options.Value.StepGraceSeconds));
        foreach (var open in run.Document.Conversations.Where(x => x is { Open: true, Overdue: false }))
        {
            // People keep the time that they were given.
            var left = open.ReplyBy - now + (open.Topic is Topic.Gate or Topic.Escalation or Topic.Effect ? RunVoice.ExpiryGrace : TimeSpan.Zero);
            voice.Later(run, DeadlineKind.Reply, left > grace ? left.Value : grace, conversation: open.Id);
        }
    }

    private Task NotUnderstand<T>(BehaviorContext<RunState, T> c, string code, string text)
        where T : class
    {
        log.NotUnderstood(c.Saga.TaskId, Performative.Of(typeof(T))!, code, text);

        return reporter.NotUnderstood(c, c.Message, new Reason(code, text));
    }

    /// <summary>An event that has no place in the run's state: nothing is done, the sender hears so.</summary>
    public async Task OutOfTurn<T>(BehaviorContext<RunState, T> c)
        where T : class
    {
        await budgets.Settle(c);
        await NotUnderstand(c, "out-of-turn", $"Run {c.Saga.TaskId} is {RunStatuses.Of(c.Saga.CurrentState)}: {c.Event.Name} has no place there.");
    }

    public Task NoSuchRun<T>(ConsumeContext<T> c)
        where T : class =>
        reporter.NotUnderstood(c, c.Message, new Reason("unknown-run", "There is no run of that task."));
}
