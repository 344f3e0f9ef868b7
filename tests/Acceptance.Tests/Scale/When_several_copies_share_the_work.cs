using LoopBus.Acceptance.Tests.Stage;

namespace LoopBus.Acceptance.Tests.Scale;

[Collection(AnotherSystem.Name)]
public sealed class When_several_copies_share_the_work(LoopBusSystem system) : IDisposable
{
    private readonly ServiceProcess[] copies = [system.Add("Coordinator"), system.Add("Planner"), system.Add("Executor")];

    [Fact]
    public async Task Should_end_200_runs_each_once()
    {
        foreach (var copy in copies)
            copy.Start();
        await system.UntilReady();

        var batch = await Batch.Publish(system, "shared", 200);

        await batch.UntilAllCompleted(TimeSpan.FromMinutes(4));
    }

    public void Dispose()
    {
        foreach (var copy in copies)
            system.Remove(copy);
    }
}
