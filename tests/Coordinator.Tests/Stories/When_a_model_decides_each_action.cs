using System.Net.Http.Json;
using System.Text.Json;
using LoopBus.Contracts.Acts;
using LoopBus.Contracts.Approval;
using LoopBus.Contracts.Critique;
using LoopBus.Contracts.Planning;
using LoopBus.Coordinator.Tests.Runs;
using LoopBus.Coordinator.Tests.World;
using LoopBus.Testing;
using static LoopBus.Coordinator.Tests.World.Decisions;

namespace LoopBus.Coordinator.Tests.Stories;

[Collection("world")]
public sealed class When_a_model_decides_each_action(WorldFixture world)
{
    [Fact]
    public async Task Should_act_look_and_decide_again_until_the_planner_is_finished()
    {
        var task = New("desk");
        world.Roles.OnPlan[task] = asked => Turn(asked) switch { 0 => Read(asked, "a.txt", "look", 0.4), 1 => Read(asked, "b.txt", "look on", 0.7), _ => Finish(asked) };
        world.Roles.OnStep[task] = step => Roles.Done(step, $$"""{ "content": "{{step.StepId}}" }""");

        await world.Begin("desk", taskId: task);

        var run = await world.Until(task, "completed");
        run.GetProperty("result").GetProperty("answer").GetInt32().ShouldBe(42);
        world.Roles.StepsOf(task).ShouldBe(["act-1", "act-2"]);
        var last = Plans(task)[^1];
        last.Turns!.Select(turn => (turn.StepId, turn.Tool, turn.Subgoal, turn.Confidence)).ShouldBe([("act-1", "file.read", "look", 0.4), ("act-2", "file.read", "look on", 0.7)]);
        last.Turns![1].Output!.Value.GetProperty("content").GetString().ShouldBe("act-2");
    }

    [Fact]
    public async Task Should_have_people_decide_a_tool_that_the_loop_gates_and_let_them_change_its_arguments()
    {
        var task = New("desk");
        world.Roles.OnPlan[task] = asked => Turn(asked) == 0 ? Act(asked, "file.write", """{ "path": "a.txt", "content": "dear bob" }""") : Finish(asked);
        await world.Begin("desk", taskId: task);
        var first = await world.Roles.Gate(task);

        await world.Say(
            new RejectProposal<GatedAction>(first.Content with { Edited = Story.Json("""{ "path": "a.txt", "content": "dear Bob" }""") }, new Reason("edited", "his name")),
            first.Answer);
        var second = await Eventually.Value(
            () => Task.FromResult(world.Roles.Gates.LastOrDefault(asked => asked.Content.TaskId == task && asked.Content.ActionHash != first.Content.ActionHash)),
            WorldFixture.Patience,
            "the changed action is proposed");
        await world.Accept(second);

        await world.Until(task, "completed");
        world.Roles.Steps.Single(asked => asked.Content.TaskId == task).Content.Arguments.GetProperty("content").GetString().ShouldBe("dear Bob");
    }

    [Fact]
    public async Task Should_ask_anew_for_the_same_action_where_the_change_does_not_fit_the_tool()
    {
        var task = New("desk");
        world.Roles.OnPlan[task] = asked => Turn(asked) == 0 ? Act(asked, "file.write", """{ "path": "a.txt", "content": "new" }""") : Finish(asked);
        await world.Begin("desk", taskId: task);
        var first = await world.Roles.Gate(task);

        await world.Say(new RejectProposal<GatedAction>(first.Content with { Edited = Story.Json("""{ "file": 1 }""") }, new Reason("edited", "")), first.Answer);
        var second = await Eventually.Value(
            () => Task.FromResult(world.Roles.Gates.LastOrDefault(asked => asked.Content.TaskId == task && asked.Acl.ConversationId != first.Acl.ConversationId)), WorldFixture.Patience, "it is proposed again");

        second.Content.ActionHash.ShouldBe(first.Content.ActionHash);
        second.Content.Trail.ShouldContain(entry => entry.What == "act-1 not edited");
        await world.Accept(second);
        await world.Until(task, "completed");
    }

    [Fact]
    public async Task Should_turn_down_a_tool_that_the_loop_does_not_allow_and_end_after_so_many()
    {
        var task = New("desk");
        world.Roles.OnPlan[task] = asked => Act(asked, "git.show_file", "{}");
        await world.Begin("desk", taskId: task);

        var run = await world.Until(task, "failed");

        run.GetProperty("reason").GetString()!.ShouldStartWith("Re-plan 2 would begin; the limit is 1.");
        world.Roles.StepsOf(task).ShouldBeEmpty();
        Plans(task)[1].Rejections.ShouldHaveSingleItem().ShouldContain("git.show_file");
    }

    [Fact]
    public async Task Should_tell_the_planner_what_failed_and_let_it_go_another_way()
    {
        var task = New("desk");
        world.Roles.OnPlan[task] = asked => Turn(asked) switch { 0 => Read(asked, "gone.txt"), 1 => Read(asked, "a.txt"), _ => Finish(asked) };
        world.Roles.OnStep[task] = step => step.StepId == "act-1" ? Roles.Fails(step) : Roles.Done(step);
        await world.Begin("desk", taskId: task);

        var run = await world.Until(task, "completed");

        run.GetProperty("errors").GetInt32().ShouldBe(1);
        Plans(task)[1].Turns!.ShouldHaveSingleItem().Problem.ShouldBe("act-1 broke");
    }

    [Fact]
    public async Task Should_mend_a_result_once_after_the_critics_objection_and_then_give_up()
    {
        var task = New("desk");
        world.Roles.OnPlan[task] = asked => Finish(asked);
        world.Roles.OnQuestion[task] = asked => new Inform<Verdict>(new Verdict(asked.TaskId, asked.Subject, asked.Attempt, false, [new Evidence("schema", false, "There is no source.")]));
        await world.Begin("desk", taskId: task);

        var run = await world.Until(task, "failed");

        run.GetProperty("reason").GetString()!.ShouldContain("There is no source.");
        Plans(task).Count.ShouldBe(2);
        Plans(task)[1].Guidance!.ShouldHaveSingleItem().ShouldBe(new Guidance("feedback", "The result was not found good: schema: There is no source.", "critic"));
    }

    [Fact]
    public async Task Should_mend_a_result_again_only_where_the_last_time_brought_a_gain()
    {
        var task = New("polished");
        var failing = new Queue<int>([3, 1, 1]);
        world.Roles.OnPlan[task] = asked => new Propose<Plan>(new Plan(
            asked.TaskId, asked.Attempt, [], new Spent(100 * asked.Attempt * asked.Attempt, 0.01m * asked.Attempt), new Thought(null, 0.2 * asked.Attempt, "done", Finished: true, Result: Runs.Story.Json("{}"))));
        world.Roles.OnQuestion[task] = asked => new Inform<Verdict>(new Verdict(
            asked.TaskId, asked.Subject, asked.Attempt, false, [new Evidence("schema", true, "fits"), .. Enumerable.Range(0, failing.Dequeue()).Select(_ => new Evidence("rubric", false, "Too long."))],
            new Spent(10 * asked.Attempt, null)));
        await world.Begin("polished", taskId: task);

        var run = await world.Until(task, "failed");

        Plans(task).Count.ShouldBe(3);
        var iterations = run.GetProperty("iterations").EnumerateArray().ToList();
        iterations.ConvertAll(one => (one.GetProperty("action").GetString(), one.GetProperty("tokens").GetInt64(), one.GetProperty("gain").ToString()))
            .ShouldBe([("finish", 110L, ""), ("finish", 310L, "0.2"), ("finish", 510L, "0.2")]);
        iterations.ConvertAll(one => one.GetProperty("verdict")).ConvertAll(verdict => (verdict.GetProperty("failing").GetInt32(), verdict.GetProperty("nearer").ToString())).ShouldBe([(3, ""), (1, "True"), (1, "False")]);
    }

    [Fact]
    public async Task Should_stop_an_endless_identical_call_after_one_word()
    {
        var task = New("desk");
        world.Roles.OnPlan[task] = asked => Read(asked, "a.txt");
        await world.Begin("desk", taskId: task);

        var run = await world.Until(task, "failed");

        run.GetProperty("reason").GetString().ShouldBe("The run stands still: file.read was called with the same arguments already: act-1.");
        world.Roles.StepsOf(task).ShouldBe(["act-1"]);
        Plans(task)[^1].Guidance!.ShouldHaveSingleItem().Kind.ShouldBe("stall");
    }

    [Fact]
    public async Task Should_stop_where_the_planner_comes_back_to_a_subgoal_again_and_again()
    {
        var task = New("desk");
        world.Roles.OnPlan[task] = asked => Read(asked, $"{Turn(asked)}.txt", Turn(asked) % 2 == 0 ? "Ask Ada" : "Ask Bob");
        world.Roles.OnStep[task] = step => Roles.Done(step, $$"""{ "content": "{{step.StepId}}" }""");
        await world.Begin("desk", taskId: task);

        (await world.Until(task, "failed")).GetProperty("reason").GetString().ShouldBe("The run stands still: It comes back to the subgoal 'Ask Ada' for the third time.");
    }

    [Fact]
    public async Task Should_end_without_a_result_where_those_who_debate_do_not_agree()
    {
        var task = New("desk");
        world.Roles.OnPlan[task] = asked => new Refuse<MakePlan>(asked, new Reason("no-quorum", "1 of 3 judges."));
        await world.Begin("desk", taskId: task);

        (await world.Until(task, "failed")).GetProperty("reason").GetString().ShouldBe("Those who debated did not agree: 1 of 3 judges.");
    }

    [Fact]
    public async Task Should_live_with_a_fact_that_is_none()
    {
        var task = $"ruled-{Guid.NewGuid():n}";
        world.Roles.OnPlan[task] = asked => Turn(asked) == 0 ? Read(asked, "a.txt", facts: [null!, new Fact(null!, null!, null!)]) : Finish(asked, $$"""{ "task": "{{task}}" }""");
        await world.Begin("ruled", taskId: task);

        await world.Until(task, "completed");
        Plans(task)[^1].Facts.ShouldBeEmpty();
    }

    [Fact]
    public async Task Should_ask_nobody_for_a_plan_any_more_in_a_run_that_was_cancelled()
    {
        var task = New("desk");
        world.Roles.OnPlan[task] = asked => Turn(asked) == 0 ? Act(asked, "file.read", """{ "path": "a.txt" }""") : null;
        await world.Begin("desk", taskId: task);
        await Eventually.True(() => Plans(task).Count == 2, WorldFixture.Patience, "the planner is asked how it goes on");

        await world.Http.PostAsJsonAsync($"/runs/{task}/cancel", new { reason = "enough" });

        await world.Until(task, "cancelled");
        Plans(task).Count.ShouldBe(2);
    }

    [Fact]
    public async Task Should_warn_before_its_iterations_are_used_up_and_end_then()
    {
        var task = New("desk");
        world.Roles.OnPlan[task] = asked => Read(asked, $"{Turn(asked)}.txt");
        world.Roles.OnStep[task] = step => Roles.Done(step, $$"""{ "content": "{{step.StepId}}" }""");
        await world.Begin("desk", taskId: task);

        (await world.Until(task, "failed")).GetProperty("reason").GetString().ShouldBe("Iteration 6 would begin; the limit is 5.");
        Plans(task)[^1].Guidance!.ShouldContain(new Guidance("limit", "4 of 5 iterations are used up.", "coordinator"));
    }

    [Fact]
    public async Task Should_plan_what_is_left_anew_where_a_step_of_a_whole_plan_fails()
    {
        var task = New("whole");
        world.Roles.OnPlan[task] = asked => new Propose<Plan>(new Plan(asked.TaskId, asked.Attempt, asked.Turns is null
            ? [Step("one", "a.txt"), Step("two", "gone.txt", "one"), Step("three", "c.txt", "two")]
            : [Step("other", "b.txt", "one")]));
        world.Roles.OnStep[task] = step => step.StepId == "two" ? Roles.Fails(step) : Roles.Done(step, $$"""{ "content": "{{step.StepId}}" }""");
        await world.Begin("whole", taskId: task);

        var run = await world.Until(task, "completed");

        run.GetProperty("result").GetProperty("content").GetString().ShouldBe("other");
        run.GetProperty("steps").EnumerateArray().Select(step => step.GetProperty("id").GetString()).ShouldBe(["one", "two", "other"]);
        Plans(task)[1].Turns!.Select(turn => (turn.StepId, turn.Problem)).ShouldBe([("one", null), ("two", "two broke")]);
    }

    private static PlannedStep Step(string id, string path, string? after = null) => new(id, "file.read", JsonSerializer.SerializeToElement(new { path }), after is null ? [] : [after]);

    private static string New(string loop) => $"{loop}-{Guid.NewGuid():n}";

    private List<MakePlan> Plans(string task) => [.. world.Roles.Plans.Where(asked => asked.Content.TaskId == task).Select(asked => asked.Content)];
}
