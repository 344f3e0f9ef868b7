using LoopBus.Contracts.Acts;
using LoopBus.Contracts.Critique;
using LoopBus.Contracts.Planning;
using LoopBus.Coordinator.Tests.World;
using static LoopBus.Coordinator.Tests.World.Decisions;

namespace LoopBus.Coordinator.Tests.Stories;

[Collection("world")]
public sealed class When_a_loop_has_a_memory(WorldFixture world)
{
    private readonly string task = $"learner-{Guid.NewGuid():n}";

    [Fact]
    public async Task Should_tell_the_planner_at_the_end_what_the_run_learned()
    {
        world.Roles.OnPlan[task] = asked => Turn(asked) == 0 ? Read(asked, "a.txt") : Known(asked, "paid");
        await world.Begin("learner", taskId: task);
        await world.Until(task, "completed");

        var learned = await world.Roles.LearnedOf(task);

        (learned.Scope, learned.Status, learned.Loop.Name, learned.Loop.Version).ShouldBe(("shared:tests", "completed", "learner", "1.0.0"));
        learned.Facts.ShouldHaveSingleItem().ShouldBe(new Fact("order.status", "paid", "act-1"));
        learned.Lessons.ShouldBe(["Read the file first."]);
        learned.Said.ShouldBeEmpty();
        learned.Allowance.ShouldBeNull();
    }

    [Fact]
    public async Task Should_tell_why_it_failed_and_what_people_said()
    {
        world.Roles.OnPlan[task] = asked => Act(asked, "file.write", """{ "path": "a.txt", "content": "new" }""");
        await world.Begin("learner", taskId: task);
        await world.Reject(await world.Roles.Gate(task), "ada: not in this file");
        await world.Until(task, "compensated");

        var learned = await world.Roles.LearnedOf(task);

        learned.Status.ShouldBe("compensated");
        learned.Reason.ShouldNotBeNull().ShouldContain("not in this file");
        learned.Said.ShouldHaveSingleItem().ShouldBe(new Guidance("rejection", "file.write: ada: not in this file", "people"));
    }

    [Fact]
    public async Task Should_say_nothing_of_a_loop_without_one()
    {
        var desk = $"desk-{Guid.NewGuid():n}";
        world.Roles.OnPlan[desk] = asked => Known(asked, "paid");
        world.Roles.OnQuestion[desk] = asked => new Inform<Verdict>(new Verdict(asked.TaskId, asked.Subject, asked.Attempt, true, []));

        await ShouldSayNothingOf(desk, "desk", "completed");
    }

    [Fact]
    public async Task Should_learn_nothing_where_no_model_was_there_to_ask()
    {
        var none = $"none-{Guid.NewGuid():n}";
        world.Roles.OnPlan[none] = asked => new Refuse<MakePlan>(asked, new Reason("model-not-chosen", "No model is chosen."));

        await ShouldSayNothingOf(none, "learner", "failed");
    }

    // Once the planner has heard of a later run, it would have heard of this one.
    private async Task ShouldSayNothingOf(string silent, string loop, string status)
    {
        world.Roles.OnPlan[task] = asked => Known(asked, "paid");
        await world.Begin(loop, taskId: silent);
        await world.Until(silent, status);
        await world.Begin("learner", taskId: task);
        await world.Until(task, "completed");
        await world.Roles.LearnedOf(task);

        world.Roles.Learned.ShouldNotContain(learned => learned.TaskId == silent);
    }

    private static Propose<Plan> Known(MakePlan asked, string value) => new(new Plan(
        asked.TaskId,
        asked.Attempt,
        [],
        Thought: new Thought(null, 0.9, "done", Finished: true, Result: Runs.Story.Json("{}"), Facts: [new Fact("order.status", value, "act-1")], Lesson: "Read the file first.")));
}
