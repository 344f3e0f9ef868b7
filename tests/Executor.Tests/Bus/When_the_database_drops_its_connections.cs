using LoopBus.Contracts.Execution;

namespace LoopBus.Executor.Tests.Bus;

[Collection(ExecutorSuite.Name)]
public sealed class When_the_database_drops_its_connections(ExecutorFixture executor)
{
    [Fact]
    public async Task Should_not_take_it_for_a_failure_of_the_tool_that_asked_it()
    {
        await executor.Ask(Known());

        await executor.Database.Scalar("select count(pg_terminate_backend(pid)) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()");
        var answer = await executor.Ask(Known());

        answer.Act.ShouldBe("inform", answer.Reason?.Text);
    }

    private static ExecuteStep Known() => ExecutorFixture.StepWith("review.known_false_positives", new { repository = "shop", files = new[] { new { path = "a.cs" } } });
}
