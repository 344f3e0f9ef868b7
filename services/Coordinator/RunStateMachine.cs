using LoopBus.Contracts.Acts;
using LoopBus.Contracts.Approval;
using LoopBus.Contracts.Compensation;
using LoopBus.Contracts.Critique;
using LoopBus.Contracts.DeadLetters;
using LoopBus.Contracts.Execution;
using LoopBus.Contracts.Planning;
using LoopBus.Contracts.Runs;
using MassTransit;

namespace LoopBus.Coordinator;

/// <summary>The run's transition table: for each state and event one of handle, ignore, or answer not-understood.</summary>
internal sealed partial class RunStateMachine : MassTransitStateMachine<RunState>
{
    public RunStateMachine(RunBehavior run)
    {
        InstanceState(x => x.CurrentState);
        CorrelateEvents(run);
        SetCompletedWhenFinalized();

        Initially(
            When(RunRequested).IfElse(run.CanBegin, x => x.ThenAsync(run.Begin).GoOn(this, run), x => x.ThenAsync(run.Refuse).Finalize()));

        // Happy path
        During([Planning, Paused, Escalated, Quarantined],
            When(PlanProposed).ThenAsync(run.WeighPlan).GoOn(this, run),
            When(PlanRefused).ThenAsync(run.PlanRefused).GoOn(this, run),
            When(PlanFailed).ThenAsync(run.PlanFailed).GoOn(this, run));

        During([Executing, AwaitingApproval, Critiquing, Paused, Compensating, Escalated, Quarantined],
            When(BidMade).ThenAsync(run.BidMade).GoOn(this, run),
            When(StepDone).ThenAsync(run.StepDone).GoOn(this, run),
            When(StepRefused).ThenAsync(run.StepRefused).GoOn(this, run),
            When(StepFailed).ThenAsync(run.StepFailed).GoOn(this, run),
            When(SegmentDone).ThenAsync(run.SegmentDone).GoOn(this, run),
            When(SegmentRefused).ThenAsync(run.SegmentRefused).GoOn(this, run),
            When(SegmentFailed).ThenAsync(run.SegmentFailed).GoOn(this, run),
            When(GateAccepted).ThenAsync(run.GateAccepted).GoOn(this, run),
            When(GateRejected).ThenAsync(run.GateRejected).GoOn(this, run),
            When(VerdictGiven).ThenAsync(run.VerdictGiven).GoOn(this, run),
            When(CritiqueFailed).ThenAsync(run.CritiqueFailed).GoOn(this, run));

        // Compensation
        During([Compensating, Escalated, Quarantined],
            When(StepCompensated).ThenAsync(run.StepCompensated).GoOn(this, run),
            When(UndoFailed).ThenAsync(run.UndoFailed).GoOn(this, run),
            When(UndoRefused).ThenAsync(run.UndoRefused).GoOn(this, run));

        // People
        During([Planning, Executing, Critiquing, AwaitingApproval, Paused, Compensating, Escalated, Quarantined],
            When(EscalationAccepted).ThenAsync(run.EscalationAccepted).GoOn(this, run),
            When(EscalationRejected).ThenAsync(run.EscalationRejected).GoOn(this, run),
            When(EffectConfirmed).ThenAsync(run.EffectConfirmed).GoOn(this, run),
            When(EffectDisconfirmed).ThenAsync(run.EffectDisconfirmed).GoOn(this, run));

        During(Living,
            When(RunRequested).ThenAsync(run.AgreeAgain),
            When(CancelRequested).ThenAsync(run.Cancel).GoOn(this, run),
            When(PauseRequested).ThenAsync(run.Pause).GoOn(this, run),
            When(ResumeRequested).ThenAsync(run.Resume).GoOn(this, run),
            When(StatusAsked).ThenAsync(RunBehavior.TellStatus),
            When(ProgressSubscribed).ThenAsync(run.Subscribe),
            When(SubscriptionCancelled).ThenAsync(RunBehavior.Unsubscribe),
            When(DeadlinePassed).ThenAsync(run.DeadlinePassed).GoOn(this, run),
            When(MessageDeadLettered).ThenAsync(run.Quarantine).GoOn(this, run));

        // The end: what comes late is named and ignored, what is asked is answered.
        During(Ended,
            When(RunRequested).ThenAsync(run.AgreeAgain),
            When(StatusAsked).ThenAsync(RunBehavior.TellStatus),
            When(PauseRequested).ThenAsync(run.TooLate),
            When(ProgressSubscribed).ThenAsync(run.TooLate),
            Ignore(SubscriptionCancelled), Ignore(DeadlinePassed), Ignore(MessageDeadLettered));
        // People take up again what was set aside.
        During(Quarantined,
            When(CancelRequested).ThenAsync(run.Cancel).GoOn(this, run),
            When(ResumeRequested).ThenAsync(run.Resume).GoOn(this, run));
        During([Completed, Failed, Cancelled, Compensated],
            When(CancelRequested).ThenAsync(run.TooLate), When(ResumeRequested).ThenAsync(run.TooLate),
            When(PlanProposed).ThenAsync(run.Settle), When(PlanRefused).ThenAsync(run.Settle), When(PlanFailed).ThenAsync(run.Settle),
            When(VerdictGiven).ThenAsync(run.Settle), When(CritiqueFailed).ThenAsync(run.Settle),
            When(StepDone).ThenAsync(run.Settle), When(StepRefused).ThenAsync(run.Settle), When(StepFailed).ThenAsync(run.Settle),
            Ignore(BidMade),
            Ignore(SegmentDone), Ignore(SegmentRefused), Ignore(SegmentFailed), Ignore(GateAccepted), Ignore(GateRejected),
            Ignore(StepCompensated), Ignore(UndoFailed), Ignore(UndoRefused), Ignore(EscalationAccepted), Ignore(EscalationRejected),
            Ignore(EffectConfirmed), Ignore(EffectDisconfirmed));
        During([.. Living, .. Ended],
            Ignore(GateWithdrawn), Ignore(EscalationWithdrawn), Ignore(EffectWithdrawn));

        AnswerTheRest();
    }

    public State Planning { get; private set; } = null!;
    public State Executing { get; private set; } = null!;
    public State AwaitingApproval { get; private set; } = null!;
    public State Critiquing { get; private set; } = null!;
    public State Compensating { get; private set; } = null!;
    public State Escalated { get; private set; } = null!;
    public State Paused { get; private set; } = null!;
    public State Completed { get; private set; } = null!;
    public State Failed { get; private set; } = null!;
    public State Cancelled { get; private set; } = null!;
    public State Compensated { get; private set; } = null!;
    public State Quarantined { get; private set; } = null!;

    public Event<Request<RunLoop>> RunRequested { get; private set; } = null!;
    public Event<Propose<Plan>> PlanProposed { get; private set; } = null!;
    public Event<Refuse<MakePlan>> PlanRefused { get; private set; } = null!;
    public Event<Failure<MakePlan>> PlanFailed { get; private set; } = null!;
    public Event<Propose<Bid>> BidMade { get; private set; } = null!;
    public Event<Inform<StepResult>> StepDone { get; private set; } = null!;
    public Event<Refuse<ExecuteStep>> StepRefused { get; private set; } = null!;
    public Event<Failure<ExecuteStep>> StepFailed { get; private set; } = null!;
    public Event<Inform<SegmentResult>> SegmentDone { get; private set; } = null!;
    public Event<Refuse<ExecuteSegment>> SegmentRefused { get; private set; } = null!;
    public Event<Failure<ExecuteSegment>> SegmentFailed { get; private set; } = null!;
    public Event<AcceptProposal<GatedAction>> GateAccepted { get; private set; } = null!;
    public Event<RejectProposal<GatedAction>> GateRejected { get; private set; } = null!;
    public Event<Inform<GatedAction>> GateWithdrawn { get; private set; } = null!;
    public Event<Inform<Verdict>> VerdictGiven { get; private set; } = null!;
    public Event<Failure<ResultHolds>> CritiqueFailed { get; private set; } = null!;
    public Event<Inform<StepCompensated>> StepCompensated { get; private set; } = null!;
    public Event<Failure<CompensateStep>> UndoFailed { get; private set; } = null!;
    public Event<Refuse<CompensateStep>> UndoRefused { get; private set; } = null!;
    public Event<AcceptProposal<Escalation>> EscalationAccepted { get; private set; } = null!;
    public Event<RejectProposal<Escalation>> EscalationRejected { get; private set; } = null!;
    public Event<Inform<Escalation>> EscalationWithdrawn { get; private set; } = null!;
    public Event<Confirm<EffectHappened>> EffectConfirmed { get; private set; } = null!;
    public Event<Disconfirm<EffectHappened>> EffectDisconfirmed { get; private set; } = null!;
    public Event<Inform<EffectHappened>> EffectWithdrawn { get; private set; } = null!;
    public Event<Cancel<RunLoop>> CancelRequested { get; private set; } = null!;
    public Event<Request<PauseRun>> PauseRequested { get; private set; } = null!;
    public Event<Request<ResumeRun>> ResumeRequested { get; private set; } = null!;
    public Event<QueryRef<RunStatus>> StatusAsked { get; private set; } = null!;
    public Event<Subscribe<RunProgress>> ProgressSubscribed { get; private set; } = null!;
    public Event<Cancel<RunProgress>> SubscriptionCancelled { get; private set; } = null!;
    public Event<Inform<DeadlinePassed>> DeadlinePassed { get; private set; } = null!;
    public Event<Inform<MessageDeadLettered>> MessageDeadLettered { get; private set; } = null!;

    public State[] Living => [Planning, Executing, AwaitingApproval, Critiquing, Compensating, Escalated, Paused];

    public State[] Ended => [Completed, Failed, Cancelled, Compensated, Quarantined];
}
