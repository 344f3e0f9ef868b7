using LoopBus.Contracts.Acts;
using LoopBus.Contracts.Execution;
using LoopBus.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace LoopBus.Executor.Tests.Bus;

public sealed class When_a_step_is_announced : IClassFixture<QuietExecutorFixture>, IAsyncLifetime
{
    private const string Spare = "executor-spare";

    private readonly QuietExecutorFixture executor;
    private readonly ExecutorApp spare;

    public When_a_step_is_announced(QuietExecutorFixture executor)
    {
        this.executor = executor;
        spare = executor.Start(
            ("LoopBus:Executor:Kind", "spare"), ("LoopBus:Executor:Concurrency", "4"), ($"LoopBus:Executor:Prices:{ExecutorApp.Reversible}", "0.25"));
    }

    public Task InitializeAsync() => Eventually.True(
        async () => (await spare.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync()).Status == HealthStatus.Healthy,
        TimeSpan.FromSeconds(30),
        "the executor is ready");

    public Task DisposeAsync() => executor.Stop(spare);

    [Fact]
    public async Task Should_bid_by_its_price_and_its_record()
    {
        var announced = ExecutorFixture.Step(ExecutorApp.Reversible);

        var first = (await executor.Announce(announced, 1)).Single();
        await executor.Award(Spare, ExecutorFixture.Step(ExecutorApp.Reversible));
        await executor.Award(Spare, ExecutorFixture.Step(ExecutorApp.Reversible));
        await executor.Award(Spare, ExecutorFixture.Step(ExecutorApp.Reversible, "fail-once"));
        var second = (await executor.Announce(ExecutorFixture.Step(ExecutorApp.Reversible), 1)).Single();

        first.ShouldBe(new Bid(announced.TaskId, "one", 1, Spare, Load: 0, Confidence: 0.5, Usd: 0.25m));
        second.Confidence.ShouldBe(3d / 5);
        second.Seconds.ShouldNotBeNull().ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task Should_refuse_to_bid_for_what_it_cannot_do()
    {
        var step = ExecutorFixture.Step("no.such_tool");

        await executor.Say(new CallForProposal<ExecuteStep>(step));

        var answer = (await executor.AnswersTo(step.TaskId, 1)).Single();
        (answer.Act, answer.Code).ShouldBe(("refuse", "unknown-tool"));
    }

    [Fact]
    public async Task Should_do_what_it_is_awarded_once()
    {
        var step = ExecutorFixture.Step(ExecutorApp.Reversible);

        var first = await executor.Award(Spare, step);
        var again = await executor.Award(Spare, step with { Attempt = 2 });

        (first.Act, again.Act, again.FromLedger).ShouldBe(("inform", "inform", true));
        executor.Journal.Effects(step.IdempotencyKey).ShouldBe(1);
    }

    [Fact]
    public async Task Should_fail_and_not_refuse_what_it_is_awarded_and_may_not_do()
    {
        var answer = await executor.Award(Spare, ExecutorFixture.Step(ExecutorApp.Gated));

        (answer.Act, answer.Code).ShouldBe(("failure", "grant-missing"));
    }

    [Fact]
    public async Task Should_leave_an_award_that_could_not_end_in_time()
    {
        var step = ExecutorFixture.Step(ExecutorApp.Reversible, timeout: 20);

        var answer = await executor.Award(Spare, step, within: TimeSpan.FromSeconds(10));

        (answer.Act, answer.Code, answer.Reason!.Retryable).ShouldBe(("failure", "too-late", true));
        executor.Journal.Calls(step.IdempotencyKey).ShouldBe(0);
    }

    [Fact]
    public async Task Should_hear_nothing_that_is_asked_of_all_executors() =>
        await Should.ThrowAsync<Exception>(() => executor.Say(new Request<ExecuteStep>(ExecutorFixture.Step(ExecutorApp.Reversible))), "nobody hears it: it is unroutable");

    [Fact]
    public async Task Should_share_the_ledger_with_every_other_kind()
    {
        var step = ExecutorFixture.Step(ExecutorApp.Reversible);
        await executor.Award(Spare, step);
        var other = executor.Start(("LoopBus:Executor:Kind", "other"));

        var answer = await executor.Award("executor-other", step with { Attempt = 2 });

        (answer.Act, answer.FromLedger).ShouldBe(("inform", true));
        executor.Journal.Effects(step.IdempotencyKey).ShouldBe(1);
        await executor.Stop(other);
    }
}
