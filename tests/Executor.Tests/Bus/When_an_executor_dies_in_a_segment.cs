namespace LoopBus.Executor.Tests.Bus;

[Collection(ExecutorSuite.Name)]
public sealed class When_an_executor_dies_in_a_segment(ExecutorFixture executor)
{
    private static readonly object Plain = new { how = "well" };

    [Theory]
    [InlineData(ExecutorApp.Probed)]
    [InlineData(ExecutorApp.Idempotent)]
    public async Task Should_go_on_where_it_was(string tool)
    {
        var segment = ExecutorFixture.Segment((ExecutorApp.Reversible, Plain), (tool, Plain), (ExecutorApp.Reversible, Plain));
        executor.Crash.DieOnceAt("kept");

        var result = await executor.Ask(segment);

        result.Steps.Select(report => (report.Performative, report.FromLedger)).ShouldBe([("inform", true), ("inform", false), ("inform", false)]);
        segment.Steps.ShouldAllBe(step => executor.Journal.Effects(step.IdempotencyKey) == 1);
    }

    [Fact]
    public async Task Should_be_in_doubt_of_the_one_step_that_may_have_begun()
    {
        var segment = ExecutorFixture.Segment((ExecutorApp.Idempotent, Plain), (ExecutorApp.Reversible, Plain), (ExecutorApp.Reversible, Plain));
        executor.Crash.DieOnceAt("kept");

        var result = await executor.Ask(segment);

        result.Steps.Select(report => report.Reason?.Code).ShouldBe([null, "in-doubt"]);
        executor.Journal.Calls(segment.Steps[2].IdempotencyKey).ShouldBe(0);
    }

    [Theory]
    [InlineData("resolved")]
    public async Task Should_not_forget_a_known_outcome_where_only_the_database_stumbled(string point)
    {
        var segment = ExecutorFixture.Segment((ExecutorApp.Reversible, Plain), (ExecutorApp.Reversible, Plain));
        executor.Crash.DieOnceAt(point);

        (await executor.Ask(segment)).Steps.Count(report => report.Performative == "inform").ShouldBe(2);
        segment.Steps.ShouldAllBe(step => executor.Journal.Effects(step.IdempotencyKey) == 1);
    }

    [Theory]
    [InlineData(ExecutorApp.Reversible)]
    [InlineData(ExecutorApp.Probed)]
    public async Task Should_have_each_effect_once_where_two_have_the_same_segment(string tool)
    {
        var other = executor.Start();
        var segment = ExecutorFixture.Segment((tool, new { how = "slow" }), (tool, Plain), (tool, new { how = "slow" }), (tool, Plain));

        await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => executor.Say(new LoopBus.Contracts.Acts.Request<LoopBus.Contracts.Execution.ExecuteSegment>(segment))));

        var results = await executor.ResultsOf(segment, 3);
        results.ShouldAllBe(result => result.Steps.Count == 4 && result.Steps.All(report => report.Performative == "inform"));
        segment.Steps.ShouldAllBe(step => executor.Journal.Calls(step.IdempotencyKey) == 1);
        await executor.Stop(other);
    }
}
