using System.Text.Json;
using LoopBus.Coordinator.Tests.World;
using LoopBus.Testing;

namespace LoopBus.Coordinator.Tests.Stories;

[Collection("world")]
public sealed class When_a_run_goes_well(WorldFixture world)
{
    [Fact]
    public async Task Should_carry_out_the_steps_in_order_and_keep_every_act()
    {
        var task = $"chain-{Guid.NewGuid():n}";
        world.Roles.OnStep[task] = step => Roles.Done(step, """{ "backup": null, "content": "x" }""");
        await world.Begin("chain", taskId: task);

        var run = await world.Until(task, "completed");

        world.Roles.StepsOf(task).ShouldBe(["look", "change", "more", "check"]);
        run.GetProperty("result").GetProperty("content").GetString().ShouldBe("x");
        run.GetProperty("iteration").GetInt32().ShouldBe(4);
        run.GetProperty("reason").GetString()!.ShouldContain("Every step is done");
        (await Acts(task)).ShouldBe(
        [
            "out request run-loop", "in request run-loop", "out request make-plan", "out inform deadline-passed",
            "in propose plan", "out accept-proposal plan", "out request execute-segment", "out inform deadline-passed",
            "in inform step-result", "in inform step-result", "in inform step-result", "in inform step-result", "out inform plain-json",
        ]);
    }

    [Fact]
    public async Task Should_leave_no_deadline_behind()
    {
        var task = await world.Begin("gated", new { to = "bob" });
        var asked = await world.Roles.Gate(task);
        // Of the questions that are answered none waits any more, and the wall clock's waits in the run until the gate's has passed.
        await Eventually.True(async () => await Deadlines(task) == 1, WorldFixture.Patience, "one deadline is left");

        await world.Accept(asked);
        await world.Until(task, "completed");

        (await Deadlines(task)).ShouldBe(0);
    }

    [Fact]
    public async Task Should_ask_people_before_the_executor_hears_of_a_gated_step()
    {
        var task = await world.Begin("gated", new { to = "bob" });
        var asked = await world.Roles.Gate(task);

        asked.Content.Tool.ShouldBe("http.request");
        asked.Content.Arguments.GetProperty("body").GetString().ShouldBe("bob");
        asked.Content.Quorum.ShouldBe(1);
        asked.Content.Trail.Select(entry => entry.What).ShouldContain("note done");
        world.Roles.StepsOf(task).ShouldBe(["note"]);
        await world.Until(task, "awaiting-approval");

        await world.Accept(asked);

        await world.Until(task, "completed");
        world.Roles.StepsOf(task).ShouldBe(["note", "send"]);
        world.Roles.Steps.Last(step => step.Content.TaskId == task).Content.Grant!.ActionHash.ShouldBe(asked.Content.ActionHash);
    }

    [Fact]
    public async Task Should_fan_out_and_collect_in_item_order()
    {
        var paths = Enumerable.Range(0, 25).Select(i => $"{i}.txt").ToArray();
        var task = $"fan-{Guid.NewGuid():n}";
        world.Roles.OnStep[task] = step => Roles.Done(step, JsonSerializer.Serialize(new { path = step.Arguments.GetProperty("path").GetString() }));
        await world.Begin("fan", new { paths }, task);

        var run = await world.Until(task, "completed");

        run.GetProperty("result").GetProperty("path").GetString().ShouldBe("0.txt");
        world.Roles.StepsOf(task).Count.ShouldBe(26);
        run.GetProperty("iteration").GetInt32().ShouldBe(2);
    }

    private async Task<List<string>> Acts(string task)
    {
        var page = JsonSerializer.Deserialize<JsonElement>(await world.Http.GetStringAsync($"/runs/{task}/history"));

        return [.. page.GetProperty("acts").EnumerateArray().Select(act => $"{act.GetProperty("direction").GetString()} {act.GetProperty("performative").GetString()} {act.GetProperty("content").GetString()}")];
    }

    private Task<long> Deadlines(string task) =>
        world.Database.Count($"coordinator.outbox where message_type like '%DeadlinePassed%' and {DatabaseFixture.BodyHas(task)}");
}
