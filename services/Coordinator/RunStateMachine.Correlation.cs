using System.Linq.Expressions;
using MassTransit;

namespace LoopBus.Coordinator;

/// <summary>Which run each event is about: always the one of the content's task. And the rest of the table: an event out of turn is answered.</summary>
internal sealed partial class RunStateMachine
{
    private readonly List<Action> rest = [];
    private readonly HashSet<(State State, Event Event)> outOfTurn = [];

    /// <summary>The cells that answer not-understood: those that the table above neither handles nor ignores.</summary>
    public IReadOnlySet<(State State, Event Event)> OutOfTurn => outOfTurn;

    private void CorrelateEvents(RunBehavior run)
    {
        Event(() => RunRequested, x => x.CorrelateById(c => RunId.Of(c.Message.Content.TaskId)));
        About(() => PlanProposed, message => message.Content.TaskId, run);
        About(() => PlanRefused, message => message.Content.TaskId, run);
        About(() => PlanFailed, message => message.Content.TaskId, run);
        About(() => BidMade, message => message.Content.TaskId, run);
        About(() => StepDone, message => message.Content.TaskId, run);
        About(() => StepRefused, message => message.Content.TaskId, run);
        About(() => StepFailed, message => message.Content.TaskId, run);
        About(() => SegmentDone, message => message.Content.TaskId, run);
        About(() => SegmentRefused, message => message.Content.TaskId, run);
        About(() => SegmentFailed, message => message.Content.TaskId, run);
        About(() => GateAccepted, message => message.Content.TaskId, run);
        About(() => GateRejected, message => message.Content.TaskId, run);
        About(() => GateWithdrawn, message => message.Content.TaskId, run);
        About(() => VerdictGiven, message => message.Content.TaskId, run);
        About(() => CritiqueFailed, message => message.Content.TaskId, run);
        About(() => StepCompensated, message => message.Content.TaskId, run);
        About(() => UndoFailed, message => message.Content.TaskId, run);
        About(() => UndoRefused, message => message.Content.TaskId, run);
        About(() => EscalationAccepted, message => message.Content.TaskId, run);
        About(() => EscalationRejected, message => message.Content.TaskId, run);
        About(() => EscalationWithdrawn, message => message.Content.TaskId, run);
        About(() => EffectConfirmed, message => message.Content.TaskId, run);
        About(() => EffectDisconfirmed, message => message.Content.TaskId, run);
        About(() => EffectWithdrawn, message => message.Content.TaskId, run);
        About(() => CancelRequested, message => message.Content.TaskId, run);
        About(() => PauseRequested, message => message.Content.TaskId, run);
        About(() => ResumeRequested, message => message.Content.TaskId, run);
        About(() => StatusAsked, message => message.Content.TaskId, run);
        About(() => ProgressSubscribed, message => message.Content.TaskId, run);
        About(() => SubscriptionCancelled, message => message.Content.TaskId, run);
        About(() => DeadlinePassed, message => message.Content.TaskId, run);
        About(() => MessageDeadLettered, message => message.Content.TaskId ?? "", run);
    }

    private void About<T>(Expression<Func<Event<T>>> @event, Func<T, string> taskId, RunBehavior run)
        where T : class
    {
        Event(@event, x =>
        {
            x.CorrelateById(c => RunId.Of(taskId(c.Message)));
            x.OnMissingInstance(missing => missing.ExecuteAsync(run.NoSuchRun));
        });

        var declared = @event.Compile()();
        rest.Add(() =>
        {
            foreach (var state in Living.Concat(Ended).Where(state => !NextEvents(state).Contains(declared)))
            {
                During(state, When(declared).ThenAsync(run.OutOfTurn));
                outOfTurn.Add((state, declared));
            }
        });
    }

    private void AnswerTheRest() => rest.ForEach(answer => answer());
}
