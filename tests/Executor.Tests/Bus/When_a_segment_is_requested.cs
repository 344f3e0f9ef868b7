using LoopBus.Contracts.Acts;
using LoopBus.Contracts.Execution;

namespace LoopBus.Executor.Tests.Bus;

[Collection(ExecutorSuite.Name)]
public sealed class When_a_segment_is_requested(ExecutorFixture executor)
{
    private static readonly object Plain = new { how = "well" };
    private static readonly object AfterOne = new { how = "well", note = "{{ input.word }} {{ steps.one.output.key }}" };

    [Fact]
    public async Task Should_run_its_steps_one_after_another_and_report_each()
    {
        var segment = ExecutorFixture.Segment(
            (ExecutorApp.Idempotent, Plain), (ExecutorApp.Reversible, AfterOne), (ExecutorApp.Idempotent, new { how = "well", note = "{{ steps.two.output.key }}" }));

        var result = await executor.Ask(segment);

        result.Steps.Select(report => (report.StepId, report.Performative)).ShouldBe([("one", "inform"), ("two", "inform"), ("three", "inform")]);
        result.Steps[1].ActionHash.ShouldBe(TwoAlone(segment).ActionHash);
        result.Steps[2].Output!.Value.GetProperty("key").GetString().ShouldBe(segment.Steps[2].IdempotencyKey);
        foreach (var (before, after) in result.Steps.Zip(result.Steps.Skip(1)))
            (before.StartedAt <= before.EndedAt && before.EndedAt <= after.StartedAt).ShouldBeTrue();
        foreach (var step in segment.Steps)
            (await executor.StateOf(step.IdempotencyKey)).ShouldBe("done");
    }

    [Fact]
    public async Task Should_see_the_outputs_that_it_was_given()
    {
        var segment = ExecutorFixture.Segment((ExecutorApp.Idempotent, new { how = "{{ steps.zero.output.how }}" }));
        var given = segment with { Outputs = System.Text.Json.JsonSerializer.SerializeToElement(new { zero = new { how = "well" } }) };

        (await executor.Ask(given)).Steps.Single().Performative.ShouldBe("inform");
    }

    [Fact]
    public async Task Should_answer_from_the_ledger_with_the_times_of_then_when_asked_again()
    {
        var segment = ExecutorFixture.Segment((ExecutorApp.Idempotent, Plain), (ExecutorApp.Reversible, AfterOne));
        var first = await executor.Ask(segment);
        var then = TimeProvider.System.GetUtcNow();

        var again = await executor.Ask(segment);

        again.Steps.ShouldAllBe(report => report.FromLedger);
        again.Steps[1].EndedAt.ShouldBeInRange(first.Steps[1].StartedAt, then);
        segment.Steps.ShouldAllBe(step => executor.Journal.Calls(step.IdempotencyKey) == 1);
    }

    [Fact]
    public async Task Should_leave_in_the_ledger_what_answers_each_step_alone()
    {
        var segment = ExecutorFixture.Segment((ExecutorApp.Reversible, Plain), (ExecutorApp.Reversible, AfterOne));
        await executor.Ask(segment);

        var alone = await executor.Ask(TwoAlone(segment));

        (alone.Act, alone.FromLedger).ShouldBe(("inform", true));
    }

    [Theory]
    [InlineData(ExecutorApp.Reversible)]
    [InlineData(ExecutorApp.Idempotent)]
    public async Task Should_end_with_a_step_that_fails_and_go_on_after_it_when_it_was_done_alone(string tool)
    {
        var segment = ExecutorFixture.Segment((ExecutorApp.Reversible, Plain), (tool, new { how = "fail-once" }), (tool, Plain));

        var result = await executor.Ask(segment);

        result.Steps.Select(report => (report.Performative, report.Reason?.Code)).ShouldBe([("inform", null), ("failure", "no-paper")]);
        executor.Journal.Calls(segment.Steps[2].IdempotencyKey).ShouldBe(0);
        (await executor.Ask(ExecutorFixture.Alone(segment, 1, new { how = "fail-once" }, attempt: 2))).Act.ShouldBe("inform");
        (await executor.Ask(segment)).Steps.Select(report => report.FromLedger).ShouldBe([true, true, false]);
        segment.Steps.ShouldAllBe(step => executor.Journal.Effects(step.IdempotencyKey) == 1);
    }

    [Fact]
    public async Task Should_name_the_field_whose_template_finds_nothing()
    {
        var segment = ExecutorFixture.Segment((ExecutorApp.Reversible, Plain), (ExecutorApp.Reversible, new { how = "well", deep = new { list = new[] { "{{ steps.one.output.nope }}" } } }));

        var refused = (await executor.Ask(segment)).Steps[1];

        (refused.Performative, refused.Reason!.Code).ShouldBe(("refuse", "bad-template"));
        refused.Reason.Text.ShouldContain("two cannot be filled in. deep.list[0]: {{ steps.one.output.nope }} finds nothing");
        (await executor.StateOf(segment.Steps[0].IdempotencyKey)).ShouldBe("done");
    }

    [Theory]
    [InlineData(ExecutorApp.Gated, "grant-missing")]
    [InlineData("no.such_tool", "unknown-tool")]
    public async Task Should_refuse_a_step_that_would_be_refused_alone(string tool, string code)
    {
        var segment = ExecutorFixture.Segment((ExecutorApp.Reversible, Plain), (tool, Plain), (ExecutorApp.Reversible, Plain));

        (await executor.Ask(segment)).Steps.Select(report => report.Reason?.Code).ShouldBe([null, code]);
        executor.Journal.Calls(segment.Steps[2].IdempotencyKey).ShouldBe(0);
    }

    [Fact]
    public async Task Should_refuse_arguments_that_break_the_schema_once_they_are_filled_in()
    {
        var segment = ExecutorFixture.Segment((ExecutorApp.Reversible, Plain), (ExecutorApp.Reversible, new { how = "{{ steps.one.output }}" }));

        (await executor.Ask(segment)).Steps[1].Reason!.Code.ShouldBe("bad-arguments");
        (await executor.StateOf(segment.Steps[1].IdempotencyKey)).ShouldBeNull();
    }

    [Fact]
    public async Task Should_refuse_keys_of_other_steps()
    {
        var segment = ExecutorFixture.Segment((ExecutorApp.Reversible, Plain));

        (await executor.Ask(segment with { Steps = [segment.Steps[0] with { IdempotencyKey = "another" }] })).Steps.Single().Reason!.Code.ShouldBe("key-mismatch");
    }

    [Fact]
    public async Task Should_refuse_a_segment_without_steps()
    {
        var segment = ExecutorFixture.Segment();
        await executor.Say(new Request<ExecuteSegment>(segment));

        var answer = (await executor.AnswersTo(segment.TaskId, 1)).Single();
        (answer.Act, answer.Code).ShouldBe(("refuse", "bad-segment"));
    }

    [Fact]
    public async Task Should_leave_what_would_begin_late_and_begin_it_when_asked_again()
    {
        var segment = ExecutorFixture.Segment((ExecutorApp.Reversible, new { how = "slow" }), (ExecutorApp.Reversible, Plain), (ExecutorApp.Idempotent, Plain));

        var result = await executor.Ask(segment with { BurstSeconds = 0.5 });

        result.Steps.Select(report => report.StepId).ShouldBe(["one"]);
        executor.Journal.Calls(segment.Steps[1].IdempotencyKey).ShouldBe(0);
        (await executor.Ask(segment)).Steps.Count(report => report.Performative == "inform").ShouldBe(3);
        segment.Steps.ShouldAllBe(step => executor.Journal.Effects(step.IdempotencyKey) == 1);
    }

    private static ExecuteStep TwoAlone(ExecuteSegment segment) =>
        ExecutorFixture.Alone(segment, 1, new { how = "well", note = $"hello {segment.Steps[0].IdempotencyKey}" });
}
