using LoopBus.Coordinator.Runs;
using LoopBus.Persistence;
using Timer = LoopBus.Coordinator.Runs.Timer;

namespace LoopBus.Coordinator.Tests.Runs;

public sealed class When_a_run_has_several_deadlines
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);
    private static readonly OutboxRow Row = new(Guid.Empty, 0);

    private readonly RunDocument document = new();

    [Fact]
    public void Should_set_the_soonest()
    {
        Wait(minutes: 60);
        Wait(minutes: 5);
        Wait(minutes: 10);

        document.NextTimer().ShouldBe(1);
    }

    [Fact]
    public void Should_leave_the_others_until_that_one_has_passed()
    {
        Wait(minutes: 60);
        Wait(minutes: 5, Row);

        document.NextTimer().ShouldBe(-1);

        document.Timers.RemoveAt(1);

        document.NextTimer().ShouldBe(0);
    }

    [Fact]
    public void Should_set_one_that_comes_later_and_passes_sooner()
    {
        Wait(minutes: 60, Row);
        Wait(minutes: 5);

        document.NextTimer().ShouldBe(1);
    }

    [Fact]
    public void Should_not_wait_for_those_of_an_earlier_version()
    {
        document.Timers.Add(new Timer(default, DeadlineKind.WallClock, StepId: null, ConversationId: null, Row));
        Wait(minutes: 5);

        document.NextTimer().ShouldBe(1);
    }

    [Fact]
    public void Should_have_none_to_set_where_there_is_none() => document.NextTimer().ShouldBe(-1);

    private void Wait(int minutes, OutboxRow? row = null) =>
        document.Timers.Add(new Timer(Noon.AddMinutes(minutes), DeadlineKind.Reply, StepId: null, Guid.NewGuid(), row));
}
