using LoopBus.Acceptance.Tests.Stage;

namespace LoopBus.Acceptance.Tests.Recovery;

[Collection(AnotherSystem.Name)]
public sealed class When_the_database_is_killed(LoopBusSystem system) : IAsyncLifetime
{
    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => system.Mend();

    [Fact]
    public async Task Should_end_every_run_once_after_it_is_back()
    {
        await using var desk = await Desk.SignIn(system);
        var batch = await Batch.Publish(system, "kill-database", 30);

        await system.Servers.KillDatabase();
        using var api = await system.Api.GetAsync(new Uri("runs", UriKind.Relative));
        var page = await desk.Page.GotoAsync("/approvals");
        var shown = await desk.Page.ContentAsync();
        await system.Servers.Start();
        await system.UntilReady();

        await batch.UntilAllCompleted();
        ((int)api.StatusCode, api.Headers.RetryAfter?.ToString(), page?.Status).ShouldBe((503, "2", 503));
        (await api.Content.ReadAsStringAsync()).ShouldContain("The database is away");
        shown.ShouldContain("The database is away");
    }
}
