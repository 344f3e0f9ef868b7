using LoopBus.Acceptance.Tests.Stage;
using LoopBus.Testing;

namespace LoopBus.Acceptance.Tests.Recovery;

[Collection(AnotherSystem.Name)]
public sealed class When_the_broker_is_killed(LoopBusSystem system) : IAsyncLifetime
{
    private const int Runs = 60;

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => system.Mend();

    [Fact]
    public async Task Should_end_every_run_once_after_it_is_back()
    {
        await using var outcomes = await Answers.Open(system, exchange: "outcome");
        var batch = await Batch.Publish(system, "kill-broker", Runs);
        await Eventually.True(() => batch.Ended(outcomes) > 0, TimeSpan.FromSeconds(60), "the first run of the batch has ended");

        await system.Servers.KillBroker();
        await system.Servers.Start();

        await batch.UntilAllCompleted();
    }
}
