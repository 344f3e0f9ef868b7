using LoopBus.Contracts.Acts;
using LoopBus.Contracts.Execution;
using LoopBus.Coordinator.Tests.World;
using LoopBus.Testing;

namespace LoopBus.Coordinator.Tests.Stories;

[Collection("world")]
public sealed class When_executors_bid_for_a_step(WorldFixture world) : IAsyncLifetime
{
    private readonly string task = $"bids-{Guid.NewGuid():n}";
    private readonly Bidder cheap = new("executor-cheap") { Price = _ => 1 };
    private readonly Bidder dear = new("executor-dear") { Price = _ => 2 };

    public Task InitializeAsync() => Task.WhenAll(cheap.Start(world.Broker), dear.Start(world.Broker));

    public async Task DisposeAsync()
    {
        await cheap.DisposeAsync();
        await dear.DisposeAsync();
    }

    [Fact]
    public async Task Should_give_it_to_the_best_and_turn_the_others_down()
    {
        await world.Begin("tendered", taskId: task);

        var run = await world.Until(task, "completed");

        cheap.Awarded.ShouldHaveSingleItem().StepId.ShouldBe("work");
        run.GetProperty("steps")[0].GetProperty("executor").GetString().ShouldBe("executor-cheap");
        await Eventually.True(() => dear.Rejected.Count == 1, WorldFixture.Patience, "the dear one is turned down");
        dear.Awarded.ShouldBeEmpty();
        world.Roles.StepsOf(task).ShouldBe(["check"], "what nobody bids for goes where it always goes");
    }

    [Fact]
    public async Task Should_have_it_undone_by_who_did_it()
    {
        world.Roles.OnStep[task] = step => Roles.Fails(step);

        await world.Begin("tendered", taskId: task);

        await world.Until(task, "compensated");
        cheap.Undone.ShouldBe(["work"]);
        world.Roles.UndosOf(task).ShouldBeEmpty();
    }

    [Fact]
    public async Task Should_give_the_winner_its_time_though_that_for_bids_was_not_used()
    {
        cheap.Does = step =>
        {
            var began = TimeProvider.System.GetTimestamp();
            SpinWait.SpinUntil(() => TimeProvider.System.GetElapsedTime(began) > TimeSpan.FromSeconds(1.5));
            return Roles.Done(step, """{ "backup": null }""");
        };

        await world.Begin("hurried", taskId: task);

        await world.Until(task, "completed");
        (cheap.Awarded.Count + dear.Awarded.Count).ShouldBe(1);
    }

    [Fact]
    public async Task Should_give_it_to_another_where_the_winner_does_not_answer()
    {
        cheap.Does = _ => null;

        await world.Begin("tendered", taskId: task);

        var run = await world.Until(task, "completed");
        cheap.Awarded.ShouldHaveSingleItem().Attempt.ShouldBe(1);
        dear.Awarded.ShouldHaveSingleItem().Attempt.ShouldBe(2);
        run.GetProperty("steps")[0].GetProperty("executor").GetString().ShouldBe("executor-dear");
    }

    [Fact]
    public async Task Should_ask_the_silent_winner_again_where_nobody_bids_any_more()
    {
        cheap.Does = step => step.Attempt == 1 ? null : Roles.Done(step, """{ "backup": null }""");
        (cheap.Price, dear.Price) = (step => step.Attempt == 1 ? 1 : null, _ => null);

        await world.Begin("tendered", taskId: task);

        await world.Until(task, "completed");
        cheap.Asked.ShouldHaveSingleItem().StepId.ShouldBe("work");
    }

    [Fact]
    public async Task Should_fail_where_nobody_bids()
    {
        cheap.Price = dear.Price = _ => null;

        await world.Begin("tendered", taskId: task);

        (await world.Until(task, "failed")).GetProperty("reason").GetString()!.ShouldContain("No executor bid for work (file.write) within 20 s.");
    }

    [Fact]
    public async Task Should_turn_down_a_bid_that_comes_late()
    {
        await using var late = new Bidder("executor-late")
        {
            Price = _ => SpinWait.SpinUntil(() => !cheap.Awarded.IsEmpty, WorldFixture.Patience) ? 0 : null,
        };
        cheap.Does = step => SpinWait.SpinUntil(() => !late.Rejected.IsEmpty, WorldFixture.Patience) ? Roles.Done(step, """{ "backup": null }""") : null;
        await late.Start(world.Broker);

        await world.Begin("tendered", taskId: task);

        await world.Until(task, "completed");
        late.Rejected.ShouldHaveSingleItem().Reason.Code.ShouldBe("late");
        late.Awarded.ShouldBeEmpty();
    }

    [Fact]
    public async Task Should_begin_nothing_while_it_is_paused()
    {
        var held = new TaskCompletionSource();
        dear.Price = _ =>
        {
            held.Task.Wait(WorldFixture.Patience);
            return 2;
        };
        await world.Begin("tendered", taskId: task);
        await world.Until(task, "executing");
        (await world.Http.PostAsync($"/runs/{task}/pause", null)).EnsureSuccessStatusCode();
        await world.Until(task, "paused");

        held.SetResult();

        await Eventually.True(() => cheap.Rejected.Count == 1 && dear.Rejected.Count == 1, WorldFixture.Patience, "both are turned down");
        cheap.Awarded.ShouldBeEmpty();
        (await world.Http.PostAsync($"/runs/{task}/resume", null)).EnsureSuccessStatusCode();
        await world.Until(task, "completed");
        cheap.Awarded.ShouldHaveSingleItem().Attempt.ShouldBe(1);
    }
}
