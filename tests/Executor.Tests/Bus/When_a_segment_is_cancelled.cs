using LoopBus.Contracts.Acts;
using LoopBus.Contracts.Execution;
using LoopBus.Testing;

namespace LoopBus.Executor.Tests.Bus;

[Collection(ExecutorSuite.Name)]
public sealed class When_a_segment_is_cancelled(ExecutorFixture executor)
{
    private static readonly object Plain = new { how = "well" };

    private readonly Guid _conversation = Guid.NewGuid();

    [Theory]
    [InlineData(ExecutorApp.Reversible)]
    [InlineData(ExecutorApp.Idempotent)]
    public async Task Should_begin_no_further_step_of_it_and_say_what_was_done(string tool)
    {
        var segment = ExecutorFixture.Segment((ExecutorApp.Reversible, new { how = "slow" }), (tool, Plain), (tool, Plain));
        await executor.Say(new Request<ExecuteSegment>(segment), conversation: _conversation);
        await executor.UntilState(segment.Steps[0].IdempotencyKey, "intended");

        await executor.Halt(segment, _conversation);

        (await executor.ResultsOf(segment, 1)).Single().Steps.Select(report => (report.StepId, report.Performative)).ShouldBe([("one", "inform")]);
        executor.Journal.Calls(segment.Steps[1].IdempotencyKey).ShouldBe(0);
    }

    [Fact]
    public async Task Should_hold_also_where_the_cancel_was_heard_first_and_by_another_executor()
    {
        var other = executor.Start();
        var segment = ExecutorFixture.Segment((ExecutorApp.Reversible, Plain), (ExecutorApp.Reversible, Plain));
        await executor.Halt(segment, _conversation);

        for (var i = 0; i < 4; i++)
            (await executor.Ask(segment, _conversation)).Steps.Select(report => report.StepId).ShouldBe(["one"]);

        executor.Journal.Calls(segment.Steps[1].IdempotencyKey).ShouldBe(0);
        await executor.Stop(other);
    }

    [Fact]
    public async Task Should_begin_what_was_left_when_it_is_asked_in_another_conversation()
    {
        var segment = ExecutorFixture.Segment((ExecutorApp.Reversible, Plain), (ExecutorApp.Reversible, Plain), (ExecutorApp.Idempotent, Plain), (ExecutorApp.Idempotent, Plain));
        await executor.Halt(segment, _conversation);
        await executor.Ask(segment, _conversation);

        var result = await executor.Ask(segment);

        result.Steps.Count(report => report.Performative == "inform").ShouldBe(4);
        (await executor.Ask(ExecutorFixture.Alone(segment, 1, Plain))).FromLedger.ShouldBeTrue();
        segment.Steps.ShouldAllBe(step => executor.Journal.Effects(step.IdempotencyKey) == 1);
    }

    [Theory]
    [InlineData(ExecutorApp.Probed)]
    [InlineData(ExecutorApp.Idempotent)]
    public async Task Should_still_settle_a_step_that_a_dead_executor_may_have_begun(string tool)
    {
        var segment = ExecutorFixture.Segment((ExecutorApp.Reversible, Plain), (tool, Plain), (tool, Plain));
        executor.Crash.DieOnceAt("kept");
        await executor.Ask(segment with { Steps = [.. segment.Steps.Take(2)] }, _conversation);
        await executor.Halt(segment, _conversation);

        var result = await executor.Ask(segment, _conversation);

        result.Steps.Select(report => (report.StepId, report.Performative)).ShouldBe([("one", "inform"), ("two", "inform")]);
    }

    [Fact]
    public async Task Should_not_begin_what_another_executor_left_while_it_was_waited_for()
    {
        var segment = ExecutorFixture.Segment((ExecutorApp.Reversible, Plain), (ExecutorApp.Reversible, Plain));
        var (one, two) = (segment.Steps[0].IdempotencyKey, segment.Steps[1]);
        await executor.Database.Execute($"""
            insert into executor.effect (key, task_id, step_id, tool, action_hash, state, attempt, fence, leased_until, intended_at, retryable)
            values ('{two.IdempotencyKey}', '{segment.TaskId}', '{two.StepId}', '{two.Tool}', '{ExecutorFixture.Alone(segment, 1, Plain).ActionHash}', 'intended', 1, 1, now() + interval '1 minute', now(), false)
            """);
        await executor.Halt(segment, _conversation);
        await executor.Say(new Request<ExecuteSegment>(segment), conversation: _conversation);
        await executor.UntilState(one, "done");

        await executor.Database.Execute($"update executor.effect set state = 'failed', attempt = 0, fence = 2, leased_until = null, settled_at = now() where key = '{two.IdempotencyKey}'");

        (await executor.ResultsOf(segment, 1)).Single().Steps.Select(report => report.StepId).ShouldBe(["one"]);
        executor.Journal.Calls(two.IdempotencyKey).ShouldBe(0);
    }

    [Fact]
    public async Task Should_be_answered_once_however_often_it_is_heard()
    {
        var segment = ExecutorFixture.Segment((ExecutorApp.Reversible, Plain), (ExecutorApp.Reversible, Plain));
        await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => executor.Halt(segment, _conversation)));

        await executor.Ask(segment, _conversation);

        executor.ResultsOf(segment).Count.ShouldBe(1);
        (await executor.Broker.Ready("dead-letter-intake")).ShouldBe(0u);
        await Eventually.True(async () => await executor.Broker.Ready("executor") == 0, TimeSpan.FromSeconds(10), "all is read");
    }
}
