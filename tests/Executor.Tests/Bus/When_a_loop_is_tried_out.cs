namespace LoopBus.Executor.Tests.Bus;

[Collection(ExecutorSuite.Name)]
public sealed class When_a_loop_is_tried_out(ExecutorFixture executor)
{
    [Fact]
    public async Task Should_bring_the_arguments_back_by_way_of_the_ledger()
    {
        var step = ExecutorFixture.StepWith("noop.effect", new { value = "a" });

        var answer = await executor.Ask(step);
        var again = await executor.Ask(step with { Attempt = 2 });

        answer.Act.ShouldBe("inform");
        answer.Output.GetProperty("value").GetString().ShouldBe("a");
        (await executor.StateOf(step.IdempotencyKey)).ShouldBe("done");
        again.FromLedger.ShouldBeTrue();
    }
}
