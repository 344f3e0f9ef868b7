using System.Text.Json;
using LoopBus.Contracts.Acts;
using LoopBus.Contracts.Approval;
using LoopBus.Contracts.Execution;
using LoopBus.Coordinator.Runs;
using LoopBus.Loops;
using LoopBus.Loops.Json;
using MassTransit;

namespace LoopBus.Coordinator;

/// <summary>The verbs for what people decide.</summary>
internal sealed partial class RunBehavior
{
    public async Task GateAccepted(BehaviorContext<RunState, AcceptProposal<GatedAction>> c)
    {
        var action = c.Message.Content;
        if (await Hear(c, Topic.Gate, action.StepId) is null || c.Saga.Document.Find(action.StepId) is not { Status: StepStatus.AwaitingApproval } step)
            return;

        // The executor checks the grant's signature itself; here only what would make it refuse for certain.
        if (action.Grant is not { } grant || grant.ActionHash != step.ActionHash)
        {
            await NotUnderstand(c, "grant-missing", $"The acceptance of {step.Id} carries no grant for its action {step.ActionHash}.");
            return;
        }

        c.Saga.Document.Close(Topic.Gate, step.Id);
        step.Grant = grant;
        step.Status = StepStatus.Ready;
        c.Saga.Document.Note(time.GetUtcNow(), $"{step.Id} approved", string.Join(", ", grant.Approvers));
    }

    public async Task GateRejected(BehaviorContext<RunState, RejectProposal<GatedAction>> c)
    {
        if (await Hear(c, Topic.Gate, c.Message.Content.StepId) is null || c.Saga.Document.Find(c.Message.Content.StepId) is not { Status: StepStatus.AwaitingApproval } step)
            return;

        c.Saga.Document.Close(Topic.Gate, step.Id);
        if (c.Message.Content.Edited is { } edited)
            Edit(c.Saga, step, edited, c.Message.Reason.Text);
        else
            await GateClosed(c, step, c.Message.Reason);
    }

    // Other arguments are another action: it has a hash of its own, and is decided anew.
    private void Edit(RunState run, StepState step, JsonElement arguments, string comment)
    {
        var problems = tools.Find(step.Tool) is { } tool ? JsonSchemaCheck.Problems(tool.Input, arguments) : [];
        step.Status = StepStatus.Ready;

        if (problems.Count == 0)
            run.Document.Steps[run.Document.Steps.IndexOf(step)] = steps.Edited(run, loops.Pinned(run.LoopHash), step, arguments);
        run.Document.Note(time.GetUtcNow(), problems.Count == 0 ? $"{step.Id} edited" : $"{step.Id} not edited", problems.Count == 0 ? comment : string.Join("; ", problems));
    }

    private async Task GateClosed(BehaviorContext<RunState> c, StepState step, Reason reason)
    {
        var expired = reason.Code == ReasonCodes.Expired;
        step.Problem = reason;
        c.Saga.Document.Note(time.GetUtcNow(), expired ? $"approval of {step.Id} expired" : $"{step.Id} rejected", reason.Text);

        if (expired && loops.Pinned(c.Saga.LoopHash).Approval.OnExpiry == "escalate")
        {
            step.Status = StepStatus.Overdue;
            await voice.Escalate(c, EscalationKind.ApprovalExpired, step.Id, $"Nobody decided {step.Id} in time. Ask again?", reason.Text);
            return;
        }

        TurnBack(c.Saga, expired ? TerminationReason.ApprovalExpired : TerminationReason.Rejected, $"{step.Id}: {reason.Text}");
    }

    public async Task EscalationAccepted(BehaviorContext<RunState, AcceptProposal<Escalation>> c)
    {
        if (await HearEscalation(c, c.Message.Content) is not { } conversation)
            return;

        var step = c.Saga.Document.Find(conversation.Subject);
        c.Saga.Document.Note(time.GetUtcNow(), $"people go on with {conversation.Subject}", c.Message.Comment);

        if (conversation.Kind == EscalationKind.UndoFailed)
            UndoOnceMore(step);
        else if (step is { Status: StepStatus.Overdue })
            step.Status = StepStatus.Ready;
        else if (conversation.Kind == EscalationKind.Stuck)
            await GoOnAfter(c, c.Message.Content.Intervention);
        else if (conversation.Kind == EscalationKind.MissingAnswer && c.Saga.Document.Ending is null)
            await AskAgain(c, conversation.Subject);
    }

    private static void UndoOnceMore(StepState? step)
    {
        if (step is { Status: StepStatus.AwaitingCompensation })
            step.Status = StepStatus.Done;
    }

    public async Task EscalationRejected(BehaviorContext<RunState, RejectProposal<Escalation>> c)
    {
        if (await HearEscalation(c, c.Message.Content) is { } conversation)
            GiveUp(c.Saga, conversation, c.Message.Reason.Text);
    }

    private void GiveUp(RunState run, Conversation conversation, string why)
    {
        run.Document.Note(time.GetUtcNow(), $"people give {conversation.Subject} up", why);

        switch (run.Document.Find(conversation.Subject))
        {
            case { Status: StepStatus.AwaitingCompensation } step when conversation.Kind == EscalationKind.UndoFailed:
                GiveUpUndo(run, step, why);
                return;
            // A step that never answered may have acted: without a word on it, only a harmless one counts as not done.
            case { Status: StepStatus.Overdue } step:
                step.Status = step.Effect == Effect.None || conversation.Kind == EscalationKind.ApprovalExpired ? StepStatus.Dropped : StepStatus.NotCompensated;
                break;
        }

        if (conversation.Kind == EscalationKind.Stuck)
            TurnBack(run, TerminationReason.GivenUp, why);
        else
            TurnBack(run, conversation.Kind == EscalationKind.ApprovalExpired ? TerminationReason.ApprovalExpired : TerminationReason.StepFailed, $"{conversation.Subject}: {why}");
    }

    public Task EffectConfirmed(BehaviorContext<RunState, Confirm<EffectHappened>> c) => Rule(c, c.Message.Content, happened: true);

    public Task EffectDisconfirmed(BehaviorContext<RunState, Disconfirm<EffectHappened>> c) => Rule(c, c.Message.Content, happened: false);

    private async Task Rule<T>(BehaviorContext<RunState, T> c, EffectHappened effect, bool happened)
        where T : class
    {
        if (await Hear(c, Topic.Effect, effect.StepId) is null || c.Saga.Document.Find(effect.StepId) is not { Status: StepStatus.InDoubt } step)
            return;

        if (effect.Ruling is not { } ruling || ruling.IdempotencyKey != step.Key || ruling.Happened != happened)
        {
            await NotUnderstand(c, "ruling-missing", $"The word on {step.Id} carries no ruling for its key {step.Key}.");
            return;
        }

        var document = c.Saga.Document;
        document.Close(Topic.Effect, step.Id);
        document.Note(time.GetUtcNow(), happened ? $"{step.Id} happened" : $"{step.Id} did not happen", ruling.By);
        // It speaks for whoever had the step.
        (step.Ruling, step.Silent) = (ruling, null);

        // In a run that turns back the word is enough; otherwise the executor settles its ledger by it and answers.
        if (document.Ending is null)
            step.Status = StepStatus.Ready;
        else if (happened)
            (step.Status, step.Output, step.Sequence, step.EndedAt) = (StepStatus.Done, ruling.Output ?? StepFactory.EmptyObject, ++document.Completed, time.GetUtcNow());
        else
            step.Status = StepStatus.Dropped;
    }

    private async Task<Conversation?> HearEscalation<T>(BehaviorContext<RunState, T> c, Escalation escalation)
        where T : class
    {
        var conversation = await Hear(c, Topic.Escalation, escalation.StepId ?? RunSubject);
        if (conversation is not null)
            conversation.Open = false;

        return conversation;
    }
}
