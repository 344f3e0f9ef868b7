using LoopBus.Contracts.Acts;
using LoopBus.Contracts.Critique;
using LoopBus.Contracts.Planning;
using LoopBus.Coordinator.Tests.Runs;
using LoopBus.Coordinator.Tests.World;
using LoopBus.Testing;
using static LoopBus.Coordinator.Tests.World.Decisions;

namespace LoopBus.Coordinator.Tests.Stories;

[Collection("world")]
public sealed class When_a_loop_uses_what_a_model_decided(WorldFixture world)
{
    [Fact]
    public async Task Should_act_once_the_result_is_found_good_and_people_agree()
    {
        var task = New();
        world.Roles.OnPlan[task] = asked => Turn(asked) == 0 ? Read(asked, "a.txt") : Finish(asked, """{ "notes": ["one", "two"] }""");

        await world.Begin("handed", taskId: task);
        await world.Accept(await world.Roles.Gate(task));

        var run = await world.Until(task, "completed");
        world.Roles.StepsOf(task).ShouldBe(["act-1", "note[0]", "note[1]", "tell"], ignoreOrder: true);
        var steps = world.Roles.Steps.Where(asked => asked.Content.TaskId == task).ToDictionary(asked => asked.Content.StepId, asked => asked.Content.Arguments);
        (steps["note[1]"].GetProperty("content").GetString(), steps["tell"].GetProperty("content").GetString()).ShouldBe(("two", """notes: ["one","two"]"""));
        run.GetProperty("result").GetProperty("notes").GetArrayLength().ShouldBe(2);
    }

    [Fact]
    public async Task Should_not_act_on_a_result_that_is_not_found_good()
    {
        var task = New();
        world.Roles.OnPlan[task] = asked => Finish(asked, """{ "notes": ["one"] }""");
        world.Roles.OnQuestion[task] = asked => new Inform<Verdict>(new Verdict(asked.TaskId, asked.Subject, asked.Attempt, false, [new Evidence("schema", false, "It is none.")]));

        await world.Begin("handed", taskId: task);

        await world.Until(task, "failed");
        world.Roles.StepsOf(task).ShouldBeEmpty();
    }

    [Fact]
    public async Task Should_turn_back_and_not_ask_the_planner_where_a_step_of_its_own_fails()
    {
        var task = New();
        world.Roles.OnPlan[task] = asked => Finish(asked, """{ "notes": ["one"] }""");
        world.Roles.OnStep[task] = step => new Failure<Contracts.Execution.ExecuteStep>(step, new Reason("disk-full", "The disk is full."));

        await world.Begin("handed", taskId: task);

        (await world.Until(task, "failed")).GetProperty("reason").GetString()!.ShouldContain("The disk is full.");
        world.Roles.Plans.Count(asked => asked.Content.TaskId == task).ShouldBe(1);
    }

    [Theory]
    [InlineData("model-unavailable", true)]
    [InlineData("model-not-chosen", false)]
    public async Task Should_go_by_its_own_plan_where_no_model_answers(string code, bool retryable)
    {
        var task = New();
        var reason = new Reason(code, "No model answers.", retryable);
        world.Roles.OnPlan[task] = asked => retryable ? new Failure<MakePlan>(asked, reason) : new Refuse<MakePlan>(asked, reason);
        world.Roles.OnStep[task] = step => Roles.Done(step, """{ "notes": [] }""");

        await world.Begin("handed", taskId: task);
        await world.Accept(await world.Roles.Gate(task));

        var run = await world.Until(task, "completed");
        world.Roles.StepsOf(task).ShouldBe(["look", "tell"]);
        run.GetProperty("result").GetProperty("notes").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task Should_ask_people_about_steps_of_its_own_where_the_loop_gates_their_tools()
    {
        var task = New();
        world.Roles.OnPlan[task] = asked => new Failure<MakePlan>(asked, new Reason("model-unavailable", "No model answers."));
        world.Roles.OnStep[task] = step => Roles.Done(step, """{ "notes": [] }""");

        await world.Begin("watched", taskId: task);
        await world.Accept(await world.Roles.Gate(task));
        await Eventually.True(() => world.Roles.Gates.Count(gate => gate.Content.TaskId == task) == 2, WorldFixture.Patience, "people are asked about the loop's last step");
        world.Roles.StepsOf(task).ShouldBe(["look"]);
        await world.Accept(world.Roles.Gates.Last(gate => gate.Content.TaskId == task));

        await world.Until(task, "completed");
        world.Roles.StepsOf(task).ShouldBe(["look", "tell"]);
    }

    [Fact]
    public async Task Should_let_no_model_name_a_step_as_the_loop_does()
    {
        var task = New();
        world.Roles.OnPlan[task] = asked => new Propose<Plan>(new Plan(asked.TaskId, asked.Attempt, [new PlannedStep("tell", "file.read", Story.Json("""{ "path": "a.txt" }"""), [])]));

        await world.Begin("handed", taskId: task);

        (await world.Until(task, "failed")).GetProperty("reason").GetString()!.ShouldContain("'tell' is a step of the loop itself");
    }

    private static string New() => $"handed-{Guid.NewGuid():n}";
}
