using LoopBus.Contracts.Acts;
using LoopBus.Contracts.Planning;
using LoopBus.Coordinator.Tests.World;
using LoopBus.Loops;

namespace LoopBus.Coordinator.Tests.Stories;

public sealed class When_scripts_are_remembered(RememberingWorld world) : IClassFixture<RememberingWorld>
{
    [Fact]
    public async Task Should_ask_the_planner_once_for_each_loop()
    {
        foreach (var loop in new[] { "chain", "chain", "mute", "chain" })
            await world.Until(await world.Begin(loop), "completed");

        world.Roles.Plans.Select(asked => asked.Content.Loop.Name).ShouldBe(["chain", "mute"]);
    }

    [Fact]
    public async Task Should_not_keep_what_was_planned_again()
    {
        var task = $"gated-{Guid.NewGuid():n}";
        world.Roles.OnPlan[task] = asked => new Propose<Plan>(new Plan(
            asked.TaskId, asked.Attempt, [.. LoopDefinition.FromJson(asked.Definition).Steps.Select(step => asked.Attempt == 1 ? step with { Tool = "no.such" } : step)]));
        await world.Begin("gated", new { to = "bob" }, task);
        await world.Accept(await world.Roles.Gate(task));
        await world.Until(task, "completed");

        var next = await world.Begin("gated", new { to = "eve" });
        await world.Accept(await world.Roles.Gate(next));
        await world.Until(next, "completed");

        world.Roles.Plans.Count(asked => asked.Content.TaskId == next).ShouldBe(1);
    }
}
