using MassTransit;

namespace LoopBus.Coordinator;

/// <summary>The one way on: the conductor decides, and the run is in the state for what it waits for next.</summary>
internal static class RunTransitions
{
    public static EventActivityBinder<RunState, T> GoOn<T>(this EventActivityBinder<RunState, T> binder, RunStateMachine machine, RunBehavior run)
        where T : class
    {
        binder = binder.ThenAsync(run.GoOn);
        foreach (var state in machine.Living.Concat(machine.Ended))
            binder = binder.If(c => c.Saga.Next == state.Name, x => x.TransitionTo(state));

        return binder;
    }
}
