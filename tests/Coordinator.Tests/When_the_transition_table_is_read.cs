using System.Collections;
using System.Reflection;
using System.Text;
using LoopBus.Testing;
using MassTransit;

namespace LoopBus.Coordinator.Tests;

public sealed class When_the_transition_table_is_read
{
    private static readonly RunStateMachine Machine = new(new RunBehavior(null!, null!, null!, null!, null!, null!, null!, null!, null!, null!, null!, null!, null!, null!));

    [Fact]
    public void Should_have_one_answer_for_each_state_and_event()
    {
        var table = new StringBuilder();

        foreach (var state in Machine.Living.Concat(Machine.Ended))
            foreach (var @event in Machine.Events.Where(IsMessage).OrderBy(x => x.Name, StringComparer.Ordinal))
                table.Append($"{RunStatuses.Of(state.Name),-18} {@event.Name,-22} {Cell(state, @event)}\n");

        table.ToString().ShouldNotContain("missing");
        ApprovedText.Check("StateEventTable", table.ToString());
    }

    private static string Cell(State state, Event @event)
    {
        if (Machine.OutOfTurn.Contains((state, @event)))
            return "not-understood";
        if (Ignored(state).Contains(@event))
            return "ignore";

        return Machine.NextEvents(state).Contains(@event) ? "handle" : "missing";
    }

    // MassTransit lists what a state accepts, but not which of it is only ignored.
    private static IEnumerable<Event> Ignored(State state)
    {
        var field = state.GetType().GetFields(BindingFlags.Instance | BindingFlags.NonPublic).Single(x => x.Name == "_ignoredEvents");

        return ((IDictionary)field.GetValue(state)!).Keys.Cast<Event>();
    }

    private static bool IsMessage(Event @event) => @event.GetType().IsGenericType && !@event.Name.Contains('.');
}
