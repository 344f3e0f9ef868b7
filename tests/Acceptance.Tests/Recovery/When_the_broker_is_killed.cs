using LoopBus.Acceptance.Tests.Stage;

namespace LoopBus.Acceptance.Tests.Recovery;

[Collection(OneSystem.Name)]
public sealed class When_the_broker_is_killed(LoopBusSystem system)
{
    [Fact]
    public async Task Should_end_every_run_once_after_it_is_back()
    {
        var batch = await Batch.Publish(system, "kill-broker", 30);

        await system.Servers.KillBroker();
        await system.Servers.Start();
        await system.UntilReady();

        await batch.UntilAllCompleted();
    }
}
