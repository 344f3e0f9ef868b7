using LoopBus.Acceptance.Tests.Stage;
using LoopBus.Testing;

namespace LoopBus.Acceptance.Tests.Scale;

[Collection(AnotherSystem.Name)]
public sealed class When_two_coordinators_share_a_fan(LoopBusSystem system) : IDisposable
{
    private readonly ServiceProcess second = system.Add("Coordinator");

    [Fact]
    public async Task Should_wait_for_each_other_and_rarely_lose_a_race()
    {
        var lost = await Start();

        var fans = await Fans.Publish(system, "fan-shared", runs: 8);

        await fans.UntilAllCompleted();
        (LostRaces() - lost).ShouldBeLessThan(fans.Messages / 20);
    }

    [Fact]
    public async Task Should_end_all_when_one_of_them_is_killed_in_the_middle()
    {
        var lost = await Start();
        var dead = await DeadLetters.Count(system);
        var fans = await Fans.Publish(system, "fan-killed", runs: 4);

        await Eventually.True(async () => await fans.Done() > Fans.Items, TimeSpan.FromSeconds(60), "a quarter of all items is done");
        await second.Kill();
        (await fans.Done()).ShouldBeLessThan(4 * Fans.Items, "the kill came too late");

        await fans.UntilAllCompleted();
        (LostRaces() - lost).ShouldBeLessThan(fans.Messages / 20);
        (await DeadLetters.Count(system)).ShouldBe(dead);
    }

    public void Dispose() => system.Remove(second);

    private async Task<int> Start()
    {
        second.Start();
        await system.UntilReady();
        return LostRaces();
    }

    private int LostRaces() => Fans.LostRaces(system.One("Coordinator")) + Fans.LostRaces(second);
}
