using LoopBus.Acceptance.Tests.Stage;

namespace LoopBus.Acceptance.Tests.Scale;

[Collection(OneSystem.Name)]
public sealed class When_a_run_fans_out(LoopBusSystem system)
{
    private const int Items = 100;

    [Fact]
    public async Task Should_end_one_run_of_100_items()
    {
        await system.Publish(Some.FanOut("fan-alone", Items));

        var run = await system.Until("fan-alone", "completed");

        run.GetProperty("result").GetArrayLength().ShouldBe(Items);
    }

    [Fact]
    public async Task Should_end_many_such_runs_at_once()
    {
        string[] tasks = [.. Enumerable.Range(1, 10).Select(i => $"fan-many-{i}")];
        await system.PublishAll(tasks.Select(task => Some.FanOut(task, Items)));

        foreach (var task in tasks)
        {
            var run = await system.Until(task, "completed", TimeSpan.FromMinutes(3));
            run.GetProperty("result").GetArrayLength().ShouldBe(Items);
        }
    }
}
