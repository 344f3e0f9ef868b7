using LoopBus.Acceptance.Tests.Stage;

namespace LoopBus.Acceptance.Tests.Recovery;

[Collection(AnotherSystem.Name)]
public sealed class When_the_critic_is_killed(LoopBusSystem system) : IAsyncLifetime
{
    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => system.Mend();

    [Fact]
    public async Task Should_verify_what_came_while_it_was_away()
    {
        var shop = await Shop.Make(system, "kill-critic");
        await system.One("Critic").Kill();
        await system.Publish(Some.Review("review-kill-critic", shop.Path));
        await system.Until("review-kill-critic", "critiquing");

        system.One("Critic").Start();

        await system.Until("review-kill-critic", "awaiting-approval");
    }
}
