using LoopBus.Acceptance.Tests.Stage;
using LoopBus.Testing;

namespace LoopBus.Acceptance.Tests.Recovery;

[Collection(AnotherSystem.Name)]
public sealed class When_a_service_is_killed(LoopBusSystem system) : IAsyncLifetime
{
    private const int Runs = 150;

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => system.Mend();

    [Theory]
    [InlineData("Coordinator")]
    [InlineData("Planner")]
    [InlineData("Executor")]
    public async Task Should_end_every_run_once_after_it_is_back(string service)
    {
        await using var outcomes = await Answers.Open(system, exchange: "outcome");
        var batch = await Batch.Publish(system, $"kill-{service.ToLowerInvariant()}", Runs);

        await Eventually.True(() => batch.Ended(outcomes) > 0, TimeSpan.FromSeconds(60), "the first run of the batch has ended");
        await system.One(service).Kill();
        batch.Ended(outcomes).ShouldBeLessThan(Runs, "the kill came too late to hit a run: the batch is too small");
        system.One(service).Start();

        await batch.UntilAllCompleted(outcomes);
    }

    [Theory]
    [InlineData("Coordinator")]
    [InlineData("Planner")]
    [InlineData("Executor")]
    public async Task Should_take_up_what_came_while_it_was_away(string service)
    {
        await system.One(service).Kill();
        await using var outcomes = await Answers.Open(system, exchange: "outcome");
        var batch = await Batch.Publish(system, $"away-{service.ToLowerInvariant()}", 5);

        system.One(service).Start();

        await batch.UntilAllCompleted(outcomes);
    }
}
