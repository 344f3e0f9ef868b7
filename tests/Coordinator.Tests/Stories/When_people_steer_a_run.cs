using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using LoopBus.Contracts.Acts;
using LoopBus.Contracts.DeadLetters;
using LoopBus.Contracts.Execution;
using LoopBus.Contracts.Runs;
using LoopBus.Coordinator.Tests.World;
using LoopBus.Hosting;
using LoopBus.Testing;

namespace LoopBus.Coordinator.Tests.Stories;

[Collection("world")]
public sealed class When_people_steer_a_run(WorldFixture world)
{
    [Fact]
    public async Task Should_reject_and_undo()
    {
        var task = await world.Begin("gated", new { to = "bob" });
        await world.Reject(await world.Roles.Gate(task), "not to bob");

        (await world.Until(task, "compensated")).GetProperty("reason").GetString()!.ShouldContain("not to bob");
        world.Roles.StepsOf(task).ShouldBe(["note"]);
        world.Roles.UndosOf(task).ShouldBe(["note"]);
    }

    [Fact]
    public async Task Should_cancel_take_the_question_back_and_undo()
    {
        var task = await world.Begin("gated", new { to = "bob" });
        var asked = await world.Roles.Gate(task);

        (await world.Http.PostAsJsonAsync($"/runs/{task}/cancel", new { reason = "changed our minds" })).StatusCode.ShouldBe(HttpStatusCode.Accepted);

        (await world.Until(task, "cancelled")).GetProperty("reason").GetString()!.ShouldContain("changed our minds");
        world.Roles.UndosOf(task).ShouldBe(["note"]);
        await Eventually.True(() => world.Roles.Withdrawn.Contains(task), WorldFixture.Patience, "the question is taken back");
        await world.Accept(asked);
        (await world.Http.PostAsJsonAsync($"/runs/{task}/cancel", new { })).StatusCode.ShouldBe(HttpStatusCode.Conflict);
        world.Roles.StepsOf(task).ShouldBe(["note"]);
    }

    [Fact]
    public async Task Should_begin_nothing_while_paused()
    {
        var task = await world.Begin("gated", new { to = "bob" });
        var asked = await world.Roles.Gate(task);
        await world.Http.PostAsJsonAsync($"/runs/{task}/pause", new { });
        await world.Until(task, "paused");
        await world.Accept(asked);
        await Eventually.True(async () => (await world.Run(task)).GetProperty("steps")[1].GetProperty("status").GetString() == "ready", WorldFixture.Patience, "the acceptance is kept");

        world.Roles.StepsOf(task).ShouldBe(["note"]);
        await world.Http.PostAsJsonAsync($"/runs/{task}/resume", new { });

        await world.Until(task, "completed");
    }

    [Fact]
    public async Task Should_not_stay_paused_by_a_word_that_a_later_one_overtook()
    {
        var task = await world.Begin("gated", new { to = "bob" });
        var asked = await world.Roles.Gate(task);
        var now = DateTimeOffset.UnixEpoch;

        await world.Say(new Request<ResumeRun>(new ResumeRun(task, "ada", At: now.AddSeconds(1))), new AclParameters { Receiver = "coordinator" });
        await Heard(task, 1);
        await world.Say(new Request<PauseRun>(new PauseRun(task, "ada", At: now)), new AclParameters { Receiver = "coordinator" });
        await Heard(task, 2);
        await world.Accept(asked);

        await world.Until(task, "completed");
    }

    [Fact]
    public async Task Should_resume_where_the_clock_was_set_back_since_the_pause()
    {
        var task = await world.Begin("gated", new { to = "bob" });
        var asked = await world.Roles.Gate(task);
        await world.Http.PostAsJsonAsync($"/runs/{task}/pause", new { });
        await world.Until(task, "paused");

        await world.SetClock(-3600);
        try
        {
            await Eventually.True(async () => await StartedAt(await world.Begin("gated", new { to = "eve" })) < TimeProvider.System.GetUtcNow().AddMinutes(-30), WorldFixture.Patience, "the clock is set");
            await world.Http.PostAsJsonAsync($"/runs/{task}/resume", new { });
            await world.Accept(asked);

            await world.Until(task, "completed");
        }
        finally
        {
            await world.SetClock(0);
        }
    }

    private async Task<DateTimeOffset> StartedAt(string task)
    {
        await world.Roles.Gate(task);
        return (await world.Run(task)).GetProperty("startedAt").GetDateTimeOffset();
    }

    private async Task Heard(string task, int words) => await Eventually.True(
        async () => (await world.Http.GetFromJsonAsync<JsonElement>($"/runs/{task}/history")).GetProperty("acts").EnumerateArray()
            .Count(act => act.GetProperty("content").GetString() is "pause-run" or "resume-run") >= words,
        WorldFixture.Patience,
        $"{words} words are heard");

    [Fact]
    public async Task Should_set_a_run_aside_with_its_dead_letter_and_take_it_up_again_when_redriven()
    {
        var task = $"gated-{Guid.NewGuid():n}";
        world.Roles.OnStep[task] = step => step.StepId == "note" ? null : Roles.Done(step);
        await world.Begin("gated", new { to = "bob" }, task);
        await Eventually.True(() => world.Roles.StepsOf(task).Count > 0, WorldFixture.Patience, "the executor is asked");
        var first = world.Roles.Steps.First(step => step.Content.TaskId == task);

        await world.Say(new Inform<MessageDeadLettered>(new MessageDeadLettered(task, "letter-1", "executor", "delivery-limit", null, 5)), new AclParameters { Receiver = "coordinator" });

        (await world.Until(task, "quarantined")).GetProperty("reason").GetString()!.ShouldContain("letter-1");
        await world.Say((Inform<StepResult>)Roles.Done(first.Content, """{ "backup": null }"""), first.Answer);
        await world.Accept(await world.Roles.Gate(task));
        await world.Until(task, "completed");
    }

    [Fact]
    public async Task Should_leave_people_their_time_in_a_run_that_is_taken_up_again()
    {
        var task = await world.Begin("gated", new { to = "bob" });
        var asked = await world.Roles.Gate(task);
        await SetAside(task);

        // What does not belong to it neither takes it up nor takes its deadlines away.
        await world.Accept(asked with { Acl = asked.Acl with { ConversationId = Guid.NewGuid() } });
        (await world.Http.PostAsync($"/runs/{task}/pause", null)).StatusCode.ShouldBe(HttpStatusCode.Conflict);
        (await world.Http.PostAsync($"/runs/{task}/resume", null)).StatusCode.ShouldBe(HttpStatusCode.Accepted);
        await world.Until(task, "awaiting-approval");

        // Longer than a service has for its answer.
        await Task.Delay(TimeSpan.FromSeconds(5), TimeProvider.System);
        (await world.Status(task)).ShouldBe("awaiting-approval");
        await world.Accept(asked);
        await world.Until(task, "completed");
    }

    [Fact]
    public async Task Should_undo_a_run_that_was_set_aside_where_people_cancel_it()
    {
        var task = await world.Begin("gated", new { to = "bob" });
        await world.Roles.Gate(task);
        await SetAside(task);

        (await world.Http.PostAsJsonAsync($"/runs/{task}/cancel", new { reason = "enough\0of it" })).StatusCode.ShouldBe(HttpStatusCode.Accepted);

        (await world.Until(task, "cancelled")).GetProperty("reason").GetString()!.ShouldContain("enough\uFFFDof it");
        world.Roles.UndosOf(task).ShouldBe(["note"]);
    }

    [Fact]
    public async Task Should_ask_people_anew_where_their_leave_has_expired()
    {
        var task = $"gated-{Guid.NewGuid():n}";
        var late = 0;
        world.Roles.OnStep[task] = step => step.StepId == "send" && Interlocked.Increment(ref late) == 1
            ? new Refuse<ExecuteStep>(step, new Reason("grant-expired", "The grant has expired."))
            : Roles.Done(step);
        await world.Begin("gated", new { to = "bob" }, task);

        await world.Accept(await world.Roles.Gate(task));
        await Eventually.True(() => world.Roles.Gates.Count(gate => gate.Content.TaskId == task) == 2, WorldFixture.Patience, "people are asked anew");
        await world.Accept(world.Roles.Gates.Last(gate => gate.Content.TaskId == task));

        await world.Until(task, "completed");
    }

    private async Task SetAside(string task)
    {
        await world.Say(new Inform<MessageDeadLettered>(new MessageDeadLettered(task, "letter-1", "approval", "delivery-limit", null, 5)), new AclParameters { Receiver = "coordinator" });
        await world.Until(task, "quarantined");
    }

    [Fact]
    public async Task Should_not_believe_an_answer_outside_its_conversations()
    {
        var task = await world.Begin("gated", new { to = "bob" });
        var asked = await world.Roles.Gate(task);

        await world.Accept(asked with { Acl = asked.Acl with { ConversationId = Guid.NewGuid() } });
        await world.Say(new Confirm<EffectHappened>(new EffectHappened(task, "send", "", asked.Content.Arguments, "", "", DateTimeOffset.UnixEpoch)), asked.Answer);
        await world.Reject(asked, "the true word");

        await world.Until(task, "compensated");
        world.Roles.StepsOf(task).ShouldBe(["note"]);
    }
}
