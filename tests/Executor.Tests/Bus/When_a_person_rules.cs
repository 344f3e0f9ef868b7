using LoopBus.Contracts.Execution;

namespace LoopBus.Executor.Tests.Bus;

[Collection(ExecutorSuite.Name)]
public sealed class When_a_person_rules(ExecutorFixture executor)
{
    [Fact]
    public async Task Should_take_the_given_output_where_it_happened()
    {
        var step = await InDoubt();

        var answer = await executor.Ask(step with { Attempt = 2, Ruling = executor.RulingFor(step, happened: true, new { key = "by hand" }) });

        answer.Act.ShouldBe("inform");
        answer.Output.GetProperty("key").GetString().ShouldBe("by hand");
        (await executor.StateOf(step.IdempotencyKey)).ShouldBe("done");
        executor.Journal.Calls(step.IdempotencyKey).ShouldBe(1);
    }

    [Fact]
    public async Task Should_run_again_where_it_did_not()
    {
        var step = await InDoubt();

        var answer = await executor.Ask(step with { Attempt = 2, Ruling = executor.RulingFor(step, happened: false) });

        answer.Act.ShouldBe("inform");
        executor.Journal.Calls(step.IdempotencyKey).ShouldBe(2);
    }

    [Fact]
    public async Task Should_not_use_one_ruling_for_two_calls()
    {
        var step = await InDoubt();
        var ruled = step with { Attempt = 2, Ruling = executor.RulingFor(step, happened: false) };
        executor.Crash.DieOnceAt("after-call");

        var answer = await executor.Ask(ruled);
        var again = await executor.Ask(ruled with { Attempt = 3 });

        (answer.Code, again.Code).ShouldBe(("in-doubt", "in-doubt"));
        executor.Journal.Calls(step.IdempotencyKey).ShouldBe(2);
    }

    [Fact]
    public async Task Should_ask_again_where_the_given_output_is_none()
    {
        var step = await InDoubt();

        var answer = await executor.Ask(step with { Ruling = executor.RulingFor(step, happened: true) });
        var better = await executor.Ask(step with { Ruling = executor.RulingFor(step, happened: true, new { key = "x" }) });

        answer.Code.ShouldBe("in-doubt");
        better.Act.ShouldBe("inform");
    }

    [Fact]
    public async Task Should_refuse_a_forged_ruling()
    {
        var step = await InDoubt();
        using var forger = ExecutorFixture.NewSigner();

        var answer = await executor.Ask(step with { Ruling = forger.Sign(executor.RulingFor(step, happened: false)) });

        (answer.Act, answer.Code).ShouldBe(("refuse", "ruling-invalid"));
        executor.Journal.Calls(step.IdempotencyKey).ShouldBe(1);
    }

    private async Task<ExecuteStep> InDoubt()
    {
        var step = ExecutorFixture.Step(ExecutorApp.Reversible);
        executor.Crash.DieOnceAt("after-call");
        (await executor.Ask(step)).Code.ShouldBe("in-doubt");
        return step;
    }
}
