using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using LoopBus.Contracts.Acts;
using LoopBus.Contracts.Approval;
using LoopBus.Contracts.Compensation;
using LoopBus.Contracts.Critique;
using LoopBus.Contracts.Execution;
using LoopBus.Coordinator.Tests.World;
using LoopBus.Testing;

namespace LoopBus.Coordinator.Tests.Stories;

[Collection("world")]
public sealed class When_a_run_fails(WorldFixture world)
{
    private readonly string task = $"fails-{Guid.NewGuid():n}";

    [Fact]
    public async Task Should_undo_its_effects_newest_first()
    {
        world.Roles.OnStep[task] = step => step.StepId == "check" ? Roles.Fails(step) : Roles.Done(step, """{ "backup": "b" }""");
        await world.Begin("chain", taskId: task);

        var run = await world.Until(task, "compensated");

        world.Roles.UndosOf(task).ShouldBe(["more", "change"]);
        world.Roles.Undos.First(undo => undo.Content.TaskId == task).Content.Arguments.GetProperty("backup").GetString().ShouldBe("b");
        run.GetProperty("reason").GetString()!.ShouldContain("check broke");
    }

    [Fact]
    public async Task Should_try_a_retryable_step_again_with_the_same_key()
    {
        world.Roles.OnStep[task] = step => step is { StepId: "look", Attempt: < 3 } ? Roles.Fails(step, "busy", retryable: true) : Roles.Done(step, """{ "backup": null }""");
        await world.Begin("chain", taskId: task);

        var run = await world.Until(task, "completed");

        run.GetProperty("errors").GetInt32().ShouldBe(2);
        world.Roles.Steps.Where(step => step.Content.TaskId == task && step.Content.StepId == "look").Select(step => step.Content.IdempotencyKey).Distinct().Count().ShouldBe(1);
    }

    [Fact]
    public async Task Should_end_failed_where_nothing_was_done()
    {
        world.Roles.OnStep[task] = step => new Refuse<ExecuteStep>(step, new Reason("bad-arguments", "path is a folder"));
        await world.Begin("chain", taskId: task);

        (await world.Until(task, "failed")).GetProperty("reason").GetString()!.ShouldContain("path is a folder");
    }

    [Fact]
    public async Task Should_fail_by_the_critics_evidence()
    {
        world.Roles.OnQuestion[task] = asked => new Inform<Verdict>(new Verdict(asked.TaskId, asked.Subject, asked.Attempt, false, [new Evidence("schema", false, "is no object")]));
        world.Roles.OnStep[task] = step => Roles.Done(step, """{ "path": "a" }""");
        await world.Begin("fan", new { paths = new[] { "a" } }, task);

        (await world.Until(task, "failed")).GetProperty("reason").GetString()!.ShouldContain("schema: is no object");
    }

    [Fact]
    public async Task Should_escalate_an_undo_that_keeps_failing_and_try_again_when_told()
    {
        var mended = false;
        world.Roles.OnStep[task] = step => step.StepId == "check" ? Roles.Fails(step) : Roles.Done(step, """{ "backup": "b" }""");
        world.Roles.OnUndo[task] = undo => mended
            ? new Inform<StepCompensated>(new StepCompensated(undo.TaskId, undo.StepId, undo.Attempt, Runs.Story.Json("{}")))
            : new Failure<CompensateStep>(undo, new Reason("disk-full", "no room", Retryable: true));
        await world.Begin("chain", taskId: task);
        var asked = await world.Roles.Escalation(task);
        await world.Until(task, "escalated");
        mended = true;

        await world.Say(new AcceptProposal<Escalation>(asked.Content), asked.Answer);

        await world.Until(task, "compensated");
        world.Roles.UndosOf(task).ShouldBe(["more", "more", "more", "change"]);
    }

    [Fact]
    public async Task Should_end_failed_and_say_what_is_left_when_people_give_an_undo_up()
    {
        world.Roles.OnStep[task] = step => step.StepId == "check" ? Roles.Fails(step) : Roles.Done(step, """{ "backup": "b" }""");
        world.Roles.OnUndo[task] = undo => undo.StepId == "more" ? new Refuse<CompensateStep>(undo, new Reason("gone", "the file is gone")) : new Inform<StepCompensated>(new StepCompensated(undo.TaskId, undo.StepId, undo.Attempt, Runs.Story.Json("{}")));
        await world.Begin("chain", taskId: task);
        var asked = await world.Roles.Escalation(task);

        await world.Say(new RejectProposal<Escalation>(asked.Content, new Reason("rejected", "leave it")), asked.Answer);

        (await world.Until(task, "failed")).GetProperty("reason").GetString()!.ShouldContain("Not undone: more.");
        world.Roles.UndosOf(task).ShouldBe(["more", "change"]);
    }

    [Fact]
    public async Task Should_notice_a_missing_answer_ask_again_and_then_escalate()
    {
        var answers = false;
        world.Roles.OnStep[task] = step => answers ? Roles.Done(step) : null;
        await world.Begin("mute", taskId: task);
        var asked = await world.Roles.Escalation(task);

        asked.Content.Kind.ShouldBe("missing-answer");
        world.Roles.StepsOf(task).ShouldBe(["look", "look"]);
        answers = true;
        await world.Say(new AcceptProposal<Escalation>(asked.Content), asked.Answer);

        await world.Until(task, "completed");
    }

    [Fact]
    public async Task Should_undo_what_an_executor_did_that_was_silent_until_the_run_was_cancelled()
    {
        var answers = false;
        world.Roles.OnSegment[task] = _ => null;
        world.Roles.OnStep[task] = step => answers ? Roles.Done(step, """{ "backup": null }""") : null;
        await world.Begin("pair", taskId: task);
        var asked = await world.Roles.Escalation(task);
        (await world.Http.PostAsync($"/runs/{task}/cancel", null)).EnsureSuccessStatusCode();
        await world.Roles.Halt(task);

        answers = true;
        await world.Say(new AcceptProposal<Escalation>(asked.Content), asked.Answer);

        await Eventually.True(() => world.Roles.UndosOf(task).Contains("one"), WorldFixture.Patience, "it is undone");
    }

    [Fact]
    public async Task Should_take_a_late_answer_that_is_the_first()
    {
        world.Roles.OnStep[task] = _ => null;
        await world.Begin("mute", taskId: task);
        await world.Roles.Escalation(task);
        var first = world.Roles.Steps.First(step => step.Content.TaskId == task);

        await world.Say((Inform<StepResult>)Roles.Done(first.Content), first.Answer);

        await world.Until(task, "completed");
        await Eventually.True(() => world.Roles.Withdrawn.Contains(task), TimeSpan.FromSeconds(10), "the question withdrawn");
    }

    [Fact]
    public async Task Should_wait_for_the_last_attempt_where_an_older_one_failed()
    {
        world.Roles.OnStep[task] = _ => null;
        await world.Begin("mute", taskId: task);
        await world.Roles.Escalation(task);
        var attempts = world.Roles.Steps.Where(step => step.Content.TaskId == task).ToList();

        await world.Say((Failure<ExecuteStep>)Roles.Fails(attempts[0].Content), attempts[0].Answer);
        await Eventually.True(
            async () => (await world.Http.GetStringAsync($"/runs/{task}/history")).Contains("look broke", StringComparison.Ordinal), TimeSpan.FromSeconds(10), "the failure is heard");
        (await world.Status(task)).ShouldBe("escalated");
        await world.Say((Inform<StepResult>)Roles.Done(attempts[1].Content), attempts[1].Answer);

        (await world.Until(task, "completed")).GetProperty("errors").GetInt32().ShouldBe(0);
    }

    [Fact]
    public async Task Should_let_a_person_settle_an_effect_in_doubt()
    {
        world.Roles.OnStep[task] = step => step.Ruling is null && step.StepId == "change" ? Roles.Fails(step, "in-doubt") : Roles.Done(step, """{ "backup": null }""");
        await world.Begin("chain", taskId: task);
        var asked = await world.Roles.Doubt(task);
        await world.Until(task, "escalated");

        var ruling = new Ruling(task, "change", asked.Content.IdempotencyKey, true, null, "ada", DateTimeOffset.UnixEpoch, "unsigned");
        await world.Say(new Confirm<EffectHappened>(asked.Content with { Ruling = ruling }), asked.Answer);

        await world.Until(task, "completed");
        world.Roles.Steps.Last(step => step.Content.TaskId == task && step.Content.StepId == "change").Content.Ruling!.Happened.ShouldBeTrue();
    }

    [Fact]
    public async Task Should_undo_an_effect_that_a_person_says_happened_and_say_when_it_was_settled()
    {
        world.Roles.OnStep[task] = step => step.StepId == "change" ? Roles.Fails(step, "in-doubt") : Roles.Done(step);
        await world.Begin("chain", taskId: task);
        var asked = await world.Roles.Doubt(task);
        (await world.Http.PostAsJsonAsync($"/runs/{task}/cancel", new { reason = "stop" })).StatusCode.ShouldBe(HttpStatusCode.Accepted);
        await Eventually.True(
            async () => (await world.Http.GetFromJsonAsync<JsonElement>($"/runs/{task}/history")).GetProperty("acts").EnumerateArray()
                .Any(act => (act.GetProperty("direction").GetString(), act.GetProperty("performative").GetString()) == ("in", "cancel")),
            WorldFixture.Patience,
            "the cancel is heard");
        using var output = JsonDocument.Parse("""{ "backup": "b" }""");

        var ruling = new Ruling(task, "change", asked.Content.IdempotencyKey, true, output.RootElement, "ada", DateTimeOffset.UnixEpoch, "unsigned");
        await world.Say(new Confirm<EffectHappened>(asked.Content with { Ruling = ruling }), asked.Answer);

        var step = (await world.Until(task, "cancelled")).GetProperty("steps").EnumerateArray().Single(each => each.GetProperty("id").GetString() == "change");
        step.GetProperty("status").GetString().ShouldBe("compensated");
        step.GetProperty("endedAt").ValueKind.ShouldBe(JsonValueKind.String);
    }

    [Fact]
    public async Task Should_end_by_wall_clock_while_people_sleep()
    {
        await world.Begin("brief", taskId: task);
        await world.Roles.Gate(task);

        (await world.Until(task, "failed")).GetProperty("reason").GetString()!.ShouldContain("wall clock");
        await Eventually.True(() => world.Roles.Withdrawn.Contains(task), TimeSpan.FromSeconds(10), "the question withdrawn");
    }
}
