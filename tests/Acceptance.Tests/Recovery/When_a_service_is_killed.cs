using LoopBus.Acceptance.Tests.Stage;
using LoopBus.Testing;

namespace LoopBus.Acceptance.Tests.Recovery;

[Collection(AnotherSystem.Name)]
public sealed class When_a_service_is_killed(LoopBusSystem system) : IAsyncLifetime
{
    private const int Runs = 150;
    private const int Later = 5;

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => system.Mend();

    [Theory]
    [InlineData("Coordinator")]
    [InlineData("Planner")]
    [InlineData("Executor")]
    public async Task Should_end_every_run_once_that_it_left_or_that_came_while_it_was_away(string service)
    {
        await using var outcomes = await Answers.Open(system, exchange: "outcome");
        var batch = await Batch.Publish(system, $"kill-{service.ToLowerInvariant()}", Runs);

        await Eventually.True(() => batch.Ended(outcomes) > 0, TimeSpan.FromSeconds(60), "the first run of the batch has ended");
        await system.One(service).Kill();
        batch.Ended(outcomes).ShouldBeLessThan(Runs, "the kill came too late to hit a run: the batch is too small");
        var away = await Batch.Publish(system, $"away-{service.ToLowerInvariant()}", Later);
        system.One(service).Start();

        await batch.UntilAllCompleted(outcomes);
        await away.UntilAllCompleted(outcomes);
    }
}
