using LoopBus.Contracts.Acts;
using LoopBus.Contracts.Execution;

namespace LoopBus.Executor.Tests.Bus;

[Collection(ExecutorSuite.Name)]
public sealed class When_two_executors_have_the_same_step(ExecutorFixture executor)
{
    [Fact]
    public async Task Should_have_one_effect_and_two_answers()
    {
        var other = executor.Start();
        var step = ExecutorFixture.Step(ExecutorApp.Reversible, "slow");

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => executor.Say(new Request<ExecuteStep>(step))));
        var answers = await executor.AnswersTo(step.TaskId, 4);

        answers.ShouldAllBe(answer => answer.Act == "inform");
        answers.Count(answer => !answer.FromLedger).ShouldBe(1);
        executor.Journal.Calls(step.IdempotencyKey).ShouldBe(1);
        await executor.Stop(other);
    }

    [Fact]
    public async Task Should_keep_its_claim_through_a_call_that_outlasts_the_lease()
    {
        var other = executor.Start(("LoopBus:Executor:LeaseSeconds", "1"));
        var step = ExecutorFixture.Step(ExecutorApp.Probed, "ignore-stop", timeout: 10);

        await Task.WhenAll(executor.Say(new Request<ExecuteStep>(step)), executor.Say(new Request<ExecuteStep>(step)));
        var answers = await executor.AnswersTo(step.TaskId, 2);

        answers.ShouldAllBe(answer => answer.Act == "inform");
        executor.Journal.Calls(step.IdempotencyKey).ShouldBe(1);
        await executor.Stop(other);
    }

    [Fact]
    public async Task Should_handle_one_message_once()
    {
        var step = ExecutorFixture.Step(ExecutorApp.Reversible);
        var id = Guid.NewGuid();

        await executor.Say(new Request<ExecuteStep>(step), id);
        await executor.AnswersTo(step.TaskId, 1);
        await executor.Say(new Request<ExecuteStep>(step), id);
        await executor.Ask(step with { Attempt = 2 });

        executor.AnswersTo(step.TaskId).Count.ShouldBe(2);
        executor.Journal.Calls(step.IdempotencyKey).ShouldBe(1);
    }
}
