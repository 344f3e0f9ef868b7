using System.Net.Http.Json;
using System.Text.Json;
using LoopBus.Contracts.Acts;
using LoopBus.Contracts.Approval;
using LoopBus.Contracts.Execution;
using LoopBus.Coordinator.Tests.World;
using LoopBus.Testing;

namespace LoopBus.Coordinator.Tests.Stories;

[Collection("world")]
public sealed class When_steps_are_handed_over_together(WorldFixture world)
{
    private const string Whole = "look+change+more+check";

    private readonly string task = $"together-{Guid.NewGuid():n}";

    [Fact]
    public async Task Should_show_and_keep_each_step_with_its_own_times()
    {
        await world.Begin("chain", taskId: task);

        var run = await world.Until(task, "completed");

        world.Roles.SegmentsOf(task).ShouldBe([Whole]);
        run.GetProperty("iteration").GetInt32().ShouldBe(4);
        var steps = run.GetProperty("steps").EnumerateArray().ToList();
        steps.ShouldAllBe(step => step.GetProperty("endedAt").GetDateTimeOffset() - step.GetProperty("startedAt").GetDateTimeOffset() == TimeSpan.FromMilliseconds(1));
        var told = (await Acts("step-result")).ConvertAll(act => act.GetProperty("at").GetDateTimeOffset());
        told.Zip(steps).ShouldAllBe(pair => (pair.First - pair.Second.GetProperty("endedAt").GetDateTimeOffset()).Duration() < TimeSpan.FromMilliseconds(1));
    }

    [Fact]
    public async Task Should_show_all_of_them_as_executing_until_their_report()
    {
        var asked = await Hold();

        var run = await world.Run(task);
        run.GetProperty("steps").EnumerateArray().Select(step => $"{step.GetProperty("id").GetString()} {step.GetProperty("status").GetString()}")
            .ShouldBe(["look executing", "change executing", "more executing", "check executing"]);

        await Report(asked);
        await world.Until(task, "completed");
    }

    [Fact]
    public async Task Should_try_the_one_that_failed_again_by_itself_and_hand_over_the_rest()
    {
        world.Roles.OnStep[task] = step => step is { StepId: "change", Attempt: 1 } ? Roles.Fails(step, "busy", retryable: true) : Roles.Done(step, """{ "backup": null }""");
        await world.Begin("chain", taskId: task);

        var run = await world.Until(task, "completed");

        world.Roles.SegmentsOf(task).ShouldBe([Whole, "more+check"]);
        world.Roles.StepsOf(task).ShouldBe(["look", "change", "change", "more", "check"]);
        (run.GetProperty("errors").GetInt32(), run.GetProperty("iteration").GetInt32()).ShouldBe((1, 4));
        (await Acts("execute-step")).Select(act => act.GetProperty("performative").GetString()).ShouldBe(["failure", "request"]);
    }

    [Fact]
    public async Task Should_undo_what_was_done_before_the_one_that_failed_for_good()
    {
        world.Roles.OnStep[task] = step => step.StepId == "more" ? new Refuse<ExecuteStep>(step, new Reason("bad-arguments", "b.txt is a folder")) : Roles.Done(step, """{ "backup": "b" }""");
        await world.Begin("chain", taskId: task);

        (await world.Until(task, "compensated")).GetProperty("reason").GetString()!.ShouldContain("more: b.txt is a folder");
        world.Roles.UndosOf(task).ShouldBe(["change"]);
    }

    [Fact]
    public async Task Should_stop_them_in_the_middle_when_cancelled_and_undo_what_the_report_says()
    {
        var asked = await Hold();
        await world.Http.PostAsJsonAsync($"/runs/{task}/cancel", new { reason = "enough" });

        var halt = await world.Roles.Halt(task);
        halt.Acl.ConversationId.ShouldBe(asked.Acl.ConversationId);
        await world.Until(task, "compensating");
        world.Roles.UndosOf(task).ShouldBeEmpty();
        await Report(asked, begun: 3);

        await world.Until(task, "cancelled");
        world.Roles.UndosOf(task).ShouldBe(["more", "change"]);
    }

    [Fact]
    public async Task Should_stop_them_in_the_middle_when_paused_and_hand_over_the_rest_when_resumed()
    {
        var asked = await Hold();
        await world.Http.PostAsJsonAsync($"/runs/{task}/pause", new { });
        await world.Roles.Halt(task);

        await Report(asked, begun: 2);

        await Eventually.True(async () => (await world.Run(task)).GetProperty("steps").GetArrayLength() == 2, WorldFixture.Patience, "two steps are done and two are left");
        (await world.Status(task)).ShouldBe("paused");
        world.Roles.OnSegment.TryRemove(task, out _);
        await world.Http.PostAsJsonAsync($"/runs/{task}/resume", new { });
        await world.Until(task, "completed");
        world.Roles.SegmentsOf(task).ShouldBe([Whole, "more+check"]);
    }

    [Fact]
    public async Task Should_take_the_first_report_only()
    {
        var asked = await Hold();
        world.Roles.OnSegment.TryRemove(task, out _);
        await Report(asked, begun: 2);
        await world.Until(task, "completed");

        await Report(asked);
        await Report(asked, begun: 1);

        (await Acts("step-result")).Count.ShouldBeGreaterThanOrEqualTo(4);
        var run = await world.Run(task);
        (run.GetProperty("steps").GetArrayLength(), run.GetProperty("iteration").GetInt32(), run.GetProperty("status").GetString()).ShouldBe((4, 4, "completed"));
        world.Roles.SegmentsOf(task).ShouldBe([Whole, "more+check"]);
    }

    [Fact]
    public async Task Should_not_hand_over_more_than_the_run_may_do()
    {
        await world.Begin("chain", taskId: task, maxIterations: 2);

        (await world.Until(task, "compensated")).GetProperty("reason").GetString()!.ShouldContain("the limit is 2");
        world.Roles.SegmentsOf(task).ShouldBe(["look+change"]);
        world.Roles.UndosOf(task).ShouldBe(["change"]);
    }

    [Fact]
    public async Task Should_stop_them_when_the_wall_clock_is_spent()
    {
        var asked = await Hold("hasty");

        await world.Roles.Halt(task);
        await Report(asked, begun: 1);

        (await world.Until(task, "failed")).GetProperty("reason").GetString()!.ShouldContain("wall clock");
    }

    [Fact]
    public async Task Should_not_believe_a_report_about_another_action()
    {
        world.Roles.OnSegment[task] = segment => Forged((Inform<SegmentResult>)world.Roles.Reports(segment)!);
        await world.Begin("chain", taskId: task);

        var reason = (await world.Until(task, "failed")).GetProperty("reason").GetString()!;
        reason.ShouldContain("more: The executor did 0000, the run's action is");
        reason.ShouldContain("Not undone: more.");
        world.Roles.UndosOf(task).ShouldBe(["change"]);
    }

    [Theory]
    [InlineData(true, "completed")]
    [InlineData(false, "failed")]
    public async Task Should_try_the_first_again_or_say_what_may_be_left_where_the_executor_gives_no_account(bool retryable, string end)
    {
        world.Roles.OnSegment[task] = segment => segment.FirstStepId == "look" ? new Failure<ExecuteSegment>(segment, new Reason("broken", "it broke", retryable)) : world.Roles.Reports(segment);
        await world.Begin("chain", taskId: task);

        var reason = (await world.Until(task, end)).GetProperty("reason").GetString()!;
        world.Roles.SegmentsOf(task).ShouldBe(retryable ? [Whole, "change+more+check"] : [Whole]);
        reason.Contains("Not undone: change, more.", StringComparison.Ordinal).ShouldBe(!retryable, reason);
    }

    [Fact]
    public async Task Should_fail_where_the_executor_refuses_all_of_them()
    {
        world.Roles.OnSegment[task] = segment => new Refuse<ExecuteSegment>(segment, new Reason("bad-segment", "it has no steps"));
        await world.Begin("chain", taskId: task);

        (await world.Until(task, "failed")).GetProperty("reason").GetString()!.ShouldContain("look: it has no steps");
    }

    [Fact]
    public async Task Should_turn_back_where_a_template_finds_nothing()
    {
        world.Roles.OnStep[task] = step => Roles.Done(step, "{}");
        world.Roles.OnSegment[task] = segment => new Inform<SegmentResult>(new SegmentResult(segment.TaskId, segment.FirstStepId,
        [
            ((Inform<SegmentResult>)world.Roles.Reports(segment, begun: 1)!).Content.Steps[0],
            new StepReport("two", 1, Performative.Refuse, null, null, new Reason("bad-template", "nothing there"), DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch),
        ]));
        await world.Begin("pair", taskId: task);

        (await world.Until(task, "failed")).GetProperty("reason").GetString()!.ShouldContain("two: content: {{ steps.one.output.backup }} finds nothing");
    }

    [Fact]
    public async Task Should_ask_again_for_all_of_them_where_no_report_comes_and_take_a_late_one()
    {
        var asked = await Hold("pair");
        await world.Roles.Escalation(task);

        world.Roles.SegmentsOf(task).ShouldBe(["one+two", "one+two"]);
        await Report(asked);

        await world.Until(task, "completed");
        (await world.Run(task)).GetProperty("steps").GetArrayLength().ShouldBe(2);
    }

    [Fact]
    public async Task Should_not_take_an_old_failure_for_that_of_the_attempt_that_is_under_way()
    {
        var first = await Hold("stubborn");
        var second = await Eventually.Value(() => Task.FromResult(world.Roles.Segments.Where(asked => asked.Content.TaskId == task).Skip(1).FirstOrDefault()), WorldFixture.Patience, "they are asked for again");
        world.Roles.OnStep[task] = step => step.StepId == "two" ? Roles.Fails(step, retryable: true) : Roles.Done(step, "{}");
        await Report(first);
        world.Roles.OnStep[task] = _ => null;
        await Eventually.True(() => world.Roles.StepsOf(task).Contains("two"), WorldFixture.Patience, "the second attempt is asked for");
        world.Roles.OnStep[task] = step => step.StepId == "two" ? Roles.Fails(step) : Roles.Done(step, "{}");

        await Report(second);
        await world.Roles.Halt(task);
        world.Roles.OnStep.TryRemove(task, out _);

        var run = await world.Until(task, "completed");
        (run.GetProperty("errors").GetInt32(), run.GetProperty("iteration").GetInt32()).ShouldBe((1, 2));
    }

    [Fact]
    public async Task Should_undo_what_a_late_report_says_was_done_after_people_gave_it_up()
    {
        var asked = await Hold("pair");
        var escalated = await world.Roles.Escalation(task);
        await world.Say(new RejectProposal<Escalation>(escalated.Content, new Reason("rejected", "the machine burnt")), escalated.Answer);
        await world.Roles.Halt(task);

        await Report(asked);

        await world.Until(task, "compensated");
        world.Roles.UndosOf(task).ShouldBe(["two", "one"]);
    }

    [Fact]
    public async Task Should_say_what_may_be_left_where_no_report_ever_comes()
    {
        await Hold("pair");
        var escalated = await world.Roles.Escalation(task);
        await world.Say(new RejectProposal<Escalation>(escalated.Content, new Reason("rejected", "the machine burnt")), escalated.Answer);

        var run = await world.Until(task, "failed");

        run.GetProperty("reason").GetString()!.ShouldContain("Not undone: one, two.");
        world.Roles.Halts.Count(halt => halt.Content.TaskId == task).ShouldBe(2);
    }

    private static Inform<SegmentResult> Forged(Inform<SegmentResult> report) =>
        new(report.Content with { Steps = [.. report.Content.Steps.Select(step => step.StepId == "more" ? step with { ActionHash = "0000" } : step)] });

    private async Task<Asked<ExecuteSegment>> Hold(string loop = "chain")
    {
        world.Roles.OnSegment[task] = _ => null;
        await world.Begin(loop, taskId: task);

        return await world.Roles.Segment(task);
    }

    private Task Report(Asked<ExecuteSegment> asked, int begun = int.MaxValue) => world.Say((Inform<SegmentResult>)world.Roles.Reports(asked.Content, begun)!, asked.Answer);

    private async Task<List<JsonElement>> Acts(string content) =>
        [.. (await world.Http.GetFromJsonAsync<JsonElement>($"/runs/{task}/history")).GetProperty("acts").EnumerateArray().Where(act => act.GetProperty("content").GetString() == content)];
}
