using LoopBus.Acceptance.Tests.Stage;

namespace LoopBus.Acceptance.Tests.Scale;

[Collection(AnotherSystem.Name)]
public sealed class When_a_run_fans_out(LoopBusSystem system)
{
    [Fact]
    public async Task Should_end_one_run_of_100_items()
    {
        var lost = Fans.LostRaces(system.One("Coordinator"));

        var fans = await Fans.Publish(system, "fan-alone", runs: 1);

        await fans.UntilAllCompleted();
        (Fans.LostRaces(system.One("Coordinator")) - lost).ShouldBe(0);
    }

    [Fact]
    public async Task Should_end_many_such_runs_at_once()
    {
        var lost = Fans.LostRaces(system.One("Coordinator"));

        var fans = await Fans.Publish(system, "fan-many", runs: 10);

        await fans.UntilAllCompleted();
        (Fans.LostRaces(system.One("Coordinator")) - lost).ShouldBe(0);
    }
}
