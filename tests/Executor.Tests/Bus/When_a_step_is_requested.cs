namespace LoopBus.Executor.Tests.Bus;

[Collection(ExecutorSuite.Name)]
public sealed class When_a_step_is_requested(ExecutorFixture executor)
{
    [Fact]
    public async Task Should_inform_of_its_result_in_the_same_conversation()
    {
        var step = ExecutorFixture.Step(ExecutorApp.Reversible);

        var answer = await executor.Ask(step);

        answer.Act.ShouldBe("inform");
        answer.Output.GetProperty("key").GetString().ShouldBe(step.IdempotencyKey);
        answer.FromLedger.ShouldBeFalse();
        answer.InReplyTo.ShouldBe("step-one");
        (await executor.StateOf(step.IdempotencyKey)).ShouldBe("done");
    }

    [Theory]
    [InlineData(ExecutorApp.Reversible)]
    [InlineData(ExecutorApp.Idempotent)]
    public async Task Should_answer_from_the_ledger_when_asked_again(string tool)
    {
        var step = ExecutorFixture.Step(tool);
        await executor.Ask(step);

        var again = await executor.Ask(step with { Attempt = 2 });

        (again.Act, again.FromLedger).ShouldBe(("inform", true));
        again.Output.GetProperty("key").GetString().ShouldBe(step.IdempotencyKey);
        executor.Journal.Effects(step.IdempotencyKey).ShouldBe(1);
    }

    [Fact]
    public async Task Should_run_again_after_a_clean_failure_only_where_another_attempt_is_asked()
    {
        var step = ExecutorFixture.Step(ExecutorApp.Reversible, "fail-once");

        var first = await executor.Ask(step);
        var same = await executor.Ask(step);
        var second = await executor.Ask(step with { Attempt = 2 });

        (first.Act, first.Code, first.Reason!.Retryable).ShouldBe(("failure", "no-paper", true));
        (same.Act, same.Code).ShouldBe(("failure", "no-paper"));
        second.Act.ShouldBe("inform");
        executor.Journal.Calls(step.IdempotencyKey).ShouldBe(2);
    }

    [Fact]
    public async Task Should_refuse_a_tool_that_it_does_not_know()
    {
        var answer = await executor.Ask(ExecutorFixture.Step("no.such_tool"));

        (answer.Act, answer.Code).ShouldBe(("refuse", "unknown-tool"));
    }

    [Fact]
    public async Task Should_refuse_arguments_that_break_the_schema()
    {
        var answer = await executor.Ask(ExecutorFixture.StepWith(ExecutorApp.Reversible, new { how = 1 }));

        (answer.Act, answer.Code).ShouldBe(("refuse", "bad-arguments"));
        answer.Reason!.Text.ShouldContain("how");
    }

    [Fact]
    public async Task Should_refuse_what_was_changed_on_the_way()
    {
        var step = ExecutorFixture.Step(ExecutorApp.Reversible);

        (await executor.Ask(step with { ActionHash = new string('0', 64) })).Code.ShouldBe("hash-mismatch");
        (await executor.Ask(step with { IdempotencyKey = "another" })).Code.ShouldBe("key-mismatch");
        executor.Journal.Calls(step.IdempotencyKey).ShouldBe(0);
    }

    [Fact]
    public async Task Should_refuse_another_action_under_the_same_key()
    {
        var step = ExecutorFixture.Step(ExecutorApp.Reversible);
        await executor.Ask(step);
        var other = ExecutorFixture.Step(ExecutorApp.Reversible, "slow") with { TaskId = step.TaskId, IdempotencyKey = step.IdempotencyKey };

        var answer = await executor.Ask(other with { ActionHash = LoopBus.Loops.ActionHash.Of(step.TaskId, "one", other.Tool, other.Arguments) });

        (answer.Act, answer.Code).ShouldBe(("refuse", "key-taken"));
        executor.Journal.Effects(step.IdempotencyKey).ShouldBe(1);
    }

    [Theory]
    [InlineData("bad-output", "bad-output")]
    [InlineData("huge", "output-too-large")]
    [InlineData("throw", "tool-error")]
    public async Task Should_fail_with_a_reason_where_the_result_is_of_no_use(string how, string code)
    {
        var answer = await executor.Ask(ExecutorFixture.Step(ExecutorApp.Idempotent, how));

        (answer.Act, answer.Code).ShouldBe(("failure", code));
    }

    [Theory]
    [InlineData("bad-output")]
    [InlineData("huge")]
    [InlineData("throw")]
    public async Task Should_leave_a_useless_result_of_a_single_effect_to_a_person(string how)
    {
        var step = ExecutorFixture.Step(ExecutorApp.Reversible, how);

        var answer = await executor.Ask(step);
        var again = await executor.Ask(step with { Attempt = 2 });

        (answer.Act, answer.Code, answer.Reason!.Retryable).ShouldBe(("failure", "in-doubt", false));
        again.Code.ShouldBe("in-doubt");
        executor.Journal.Effects(step.IdempotencyKey).ShouldBe(1);
    }
}
