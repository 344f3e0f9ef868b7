using LoopBus.Contracts.Acts;
using LoopBus.Contracts.Execution;

namespace LoopBus.Executor.Tests.Bus;

public sealed class When_an_executor_is_limited(QuietExecutorFixture executor) : IClassFixture<QuietExecutorFixture>
{
    [Fact]
    public async Task Should_refuse_the_tools_that_it_is_not_allowed()
    {
        executor.Start(("LoopBus:Executor:Tools:0", "file.read"));
        var step = ExecutorFixture.Step(ExecutorApp.Reversible);

        await executor.SayWhenHeard(new Request<ExecuteStep>(step));

        var answer = (await executor.AnswersTo(step.TaskId, 1)).Single();
        (answer.Act, answer.Code).ShouldBe(("refuse", "tool-not-allowed"));
        executor.Journal.Calls(step.IdempotencyKey).ShouldBe(0);
    }
}
