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
        var batch = await Batch.Publish(system, "kill-database", 30);

        await system.Servers.KillDatabase();
        await system.Servers.Start();
        await system.UntilReady();

        await batch.UntilAllCompleted();
    }
}
