using LoopBus.Acceptance.Tests.Stage;
using LoopBus.Testing;
using Microsoft.Playwright;

namespace LoopBus.Acceptance.Tests.DeadLetter;

[Collection(OneSystem.Name)]
public sealed class When_a_message_kills_its_service(LoopBusSystem system) : IAsyncLifetime
{
    private const string Deadly = "deadly-1";

    // The queue's delivery limit is 5: the sixth delivery is the broker's to the dead letters.
    private const int Deliveries = 6;

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => system.Mend();

    [Fact]
    public async Task Should_set_the_run_aside_and_go_on_when_a_person_redrives_the_letter()
    {
        await system.One("Executor").Kill();
        await system.Publish(Some.KeepFile(Deadly));
        await system.Until(Deadly, "executing");

        var fragile = system.Add("Executor", ("LoopBus:Database:ExitAt", "BeforeCommit"));
        for (var delivery = 0; delivery < Deliveries; delivery++)
        {
            fragile.Start();
            await fragile.UntilDead(TimeSpan.FromSeconds(60));
        }

        system.Remove(fragile);

        var run = await system.Until(Deadly, "quarantined");
        run.GetProperty("reason").GetString()!.ShouldContain("delivery-limit");

        system.One("Executor").Start();
        await system.UntilReady();
        await using var desk = await Desk.SignIn(system);
        await desk.Page.GotoAsync("/dead-letters");
        await desk.Page.Locator("a.row", new() { HasText = Deadly }).First.ClickAsync();
        (await desk.Page.ContentAsync()).ShouldContain("delivery-limit");
        await desk.Page.GetByRole(AriaRole.Button, new() { Name = "Redrive" }).ClickAsync();

        await Eventually.True(
            async () => (await system.Run(Deadly))?.GetProperty("status").GetString() == "completed",
            TimeSpan.FromSeconds(60),
            "the run, taken up again, is completed");
    }
}
