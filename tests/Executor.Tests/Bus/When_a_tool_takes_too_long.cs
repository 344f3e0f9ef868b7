namespace LoopBus.Executor.Tests.Bus;

[Collection(ExecutorSuite.Name)]
public sealed class When_a_tool_takes_too_long(ExecutorFixture executor)
{
    [Fact]
    public async Task Should_fail_what_may_be_run_again()
    {
        var answer = await executor.Ask(ExecutorFixture.Step(ExecutorApp.Idempotent, "hang-before", timeout: 0.3));

        (answer.Act, answer.Code, answer.Reason!.Retryable).ShouldBe(("failure", "timeout", true));
    }

    [Theory]
    [InlineData("hang-before", "failure", "timeout")]
    [InlineData("hang-after", "inform", null)]
    public async Task Should_ask_the_probe(string how, string act, string? code)
    {
        var answer = await executor.Ask(ExecutorFixture.Step(ExecutorApp.Probed, how, timeout: 0.3));

        (answer.Act, answer.Code).ShouldBe((act, code));
    }

    [Fact]
    public async Task Should_be_in_doubt_without_a_probe()
    {
        var answer = await executor.Ask(ExecutorFixture.Step(ExecutorApp.Reversible, "hang-before", timeout: 0.3));

        answer.Code.ShouldBe("in-doubt");
    }

    [Fact]
    public async Task Should_not_trust_a_probe_while_the_call_is_still_at_work()
    {
        var answer = await executor.Ask(ExecutorFixture.Step(ExecutorApp.Probed, "ignore-stop", timeout: 0.3));

        answer.Code.ShouldBe("in-doubt");
    }
}
