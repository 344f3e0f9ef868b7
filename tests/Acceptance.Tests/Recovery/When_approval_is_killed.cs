using LoopBus.Acceptance.Tests.Stage;

namespace LoopBus.Acceptance.Tests.Recovery;

[Collection(AnotherSystem.Name)]
public sealed class When_approval_is_killed(LoopBusSystem system) : IAsyncLifetime
{
    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => system.Mend();

    [Fact]
    public async Task Should_still_have_the_question_and_take_the_decision()
    {
        var shop = await Shop.Make(system, "kill-approval");
        await system.Publish(Some.Review("review-kill-approval", shop.Path));
        await system.Until("review-kill-approval", "awaiting-approval");

        await system.One("Approval").Kill();
        system.One("Approval").Start();
        await system.UntilReady();

        await using var desk = await Desk.SignIn(system);
        await desk.Open("review-kill-approval");
        await desk.Accept("Still right.");
        await system.Until("review-kill-approval", "completed");
        (await shop.Note()).ShouldNotBeNull();
    }

    [Fact]
    public async Task Should_survive_the_whole_system_going_down_at_the_gate()
    {
        var shop = await Shop.Make(system, "kill-all");
        await system.Publish(Some.Review("review-kill-all", shop.Path));
        await system.Until("review-kill-all", "awaiting-approval");

        await system.KillAll();
        await system.StartAll();

        await using var desk = await Desk.SignIn(system);
        await desk.Open("review-kill-all");
        await desk.Accept("Still right.");
        await system.Until("review-kill-all", "completed");
        (await shop.Note()).ShouldNotBeNull();
    }
}
