namespace LoopBus.Executor.Tests.Bus;

[Collection(ExecutorSuite.Name)]
public sealed class When_an_executor_dies(ExecutorFixture executor)
{
    [Theory]
    [InlineData("unclaimed")]
    public async Task Should_run_what_nobody_had_claimed(string point)
    {
        var step = ExecutorFixture.Step(ExecutorApp.Reversible);
        executor.Crash.DieOnceAt(point);

        var answer = await executor.Ask(step);

        answer.Act.ShouldBe("inform");
        executor.Journal.Effects(step.IdempotencyKey).ShouldBe(1);
    }

    [Theory]
    [InlineData("claimed")]
    [InlineData("before-call")]
    public async Task Should_run_what_the_probe_does_not_find(string point)
    {
        var step = ExecutorFixture.Step(ExecutorApp.Probed);
        executor.Crash.DieOnceAt(point);

        var answer = await executor.Ask(step);

        answer.Act.ShouldBe("inform");
        executor.Journal.Effects(step.IdempotencyKey).ShouldBe(1);
    }

    [Fact]
    public async Task Should_answer_with_what_the_probe_finds()
    {
        var step = ExecutorFixture.Step(ExecutorApp.Probed);
        executor.Crash.DieOnceAt("after-call");

        var answer = await executor.Ask(step);

        answer.Act.ShouldBe("inform");
        answer.Output.GetProperty("key").GetString().ShouldBe(step.IdempotencyKey);
        executor.Journal.Calls(step.IdempotencyKey).ShouldBe(1);
    }

    [Theory]
    [InlineData("claimed", 0)]
    [InlineData("before-call", 0)]
    [InlineData("after-call", 1)]
    public async Task Should_be_in_doubt_where_nobody_can_tell(string point, int effects)
    {
        var step = ExecutorFixture.Step(ExecutorApp.Reversible);
        executor.Crash.DieOnceAt(point);

        var answer = await executor.Ask(step);

        (answer.Act, answer.Code, answer.Reason!.Retryable).ShouldBe(("failure", "in-doubt", false));
        (await executor.StateOf(step.IdempotencyKey)).ShouldBe("in-doubt");
        executor.Journal.Effects(step.IdempotencyKey).ShouldBe(effects);
    }

    [Theory]
    [InlineData("before-call")]
    [InlineData("after-call")]
    public async Task Should_simply_run_again_what_is_idempotent(string point)
    {
        var step = ExecutorFixture.Step(ExecutorApp.Idempotent);
        executor.Crash.DieOnceAt(point);

        (await executor.Ask(step)).Act.ShouldBe("inform");
    }

    [Fact]
    public async Task Should_not_forget_a_known_outcome_where_only_the_database_stumbled()
    {
        var step = ExecutorFixture.Step(ExecutorApp.Reversible);
        executor.Crash.DieOnceAt("resolved");

        var answer = await executor.Ask(step);

        answer.Act.ShouldBe("inform");
        executor.Journal.Effects(step.IdempotencyKey).ShouldBe(1);
    }
}
