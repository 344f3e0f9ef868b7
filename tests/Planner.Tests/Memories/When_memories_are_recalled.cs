using System.Text.Json;
using LoopBus.Contracts.Planning;
using LoopBus.ModelServer.Scripts;
using LoopBus.Planner.Memories;
using LoopBus.Planner.Tests.Bus;
using LoopBus.Planner.Tests.Models;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace LoopBus.Planner.Tests.Memories;

public sealed class When_memories_are_recalled : IClassFixture<ModelFixture>
{
    private const string Lesson = "Read the archive where an order is not in the file.";

    private readonly ModelFixture models;
    private readonly string model;
    private readonly PlannerApp app;
    private readonly Remembering memory;
    private readonly string task = Remembering.Task();

    public When_memories_are_recalled(ModelFixture models)
    {
        (this.models, model) = (models, models.NewModel());
        app = models.Start(model);
        memory = new Remembering(models, app);
    }

    [Fact]
    public async Task Should_be_shown_to_who_decides_with_where_they_are_from()
    {
        models.Says(model, Reply.OfJson(Acting.Read()));
        await memory.Learn(memory.Run("run-1", [new Fact("order.status", "open", "act-2")], [Lesson]), 2);

        await Acting.Plan(app, Acting.Asked(task, loop: memory.Loop()));

        models.Prompt(model).ShouldMatch("# What earlier runs learned\n.*\n<memories-([0-9a-f]{16})>\n(?s:.*)</memories-\\1>");
        models.Prompt(model).ShouldContain($$"""{"kind":"lesson","text":"{{Lesson}}","from":"run run-1 of desk@1.0.0, by planner, 1970-01-01"}""");
        models.Prompt(model).ShouldContain("""{"kind":"fact","key":"order.status","text":"open","from":"run run-1 of desk@1.0.0, act-2, by planner, 1970-01-01"}""");
    }

    [Fact]
    public async Task Should_be_shown_to_who_plans_the_whole()
    {
        models.Says(model, Reply.OfJson(new { reasoning = "r", confidence = 1, steps = new[] { new { id = "one", tool = "file.read", arguments = new { path = "a.txt" }, dependsOn = Array.Empty<string>() } } }));
        await memory.Learn(memory.Run("run-1", lessons: [Lesson]), 1);

        (await Acting.Plan(app, Acting.Asked(task, loop: memory.Loop() with { Topology = "hierarchical" }))).Plan!.Steps.Count.ShouldBe(1);

        models.Prompt(model).ShouldContain(Lesson);
    }

    [Fact]
    public async Task Should_say_where_this_run_saw_otherwise()
    {
        models.Says(model, Reply.OfJson(Acting.Read()));
        await memory.Learn(memory.Run("run-1", [new Fact("order.status", "open", "act-2")]), 1);

        await Acting.Plan(app, Acting.Asked(task, [Acting.Turn(1)], loop: memory.Loop()) with { Facts = [new Fact("Order.Status", "paid", "act-1")] });

        models.Prompt(model).ShouldContain("\"contradiction\":\"this run saw: paid (act-1)\"");
    }

    [Fact]
    public async Task Should_be_the_same_for_the_same_request_whatever_is_learned_meanwhile()
    {
        models.Says(model, Reply.OfJson(Acting.Read()), Reply.OfJson(Acting.Finish("another")));
        await memory.Learn(memory.Run("run-1", lessons: [Lesson]), 1);
        var first = await Acting.Plan(app, Acting.Asked(task, loop: memory.Loop()));
        await memory.Learn(memory.Run("run-2", lessons: ["Read whether the order is paid in the file of the bank."]), 2);

        var again = await Acting.Plan(app, Acting.Asked(task, loop: memory.Loop()));
        var restarted = await Acting.Plan(models.Start(model), Acting.Asked(task, loop: memory.Loop()));

        again.Refusal.ShouldBeNull();
        JsonSerializer.Serialize(again).ShouldBe(JsonSerializer.Serialize(first));
        JsonSerializer.Serialize(restarted).ShouldBe(JsonSerializer.Serialize(first));
        models.Calls(model).ShouldBe(1);
        (await memory.Recall(Acting.Asked(task, attempt: 2))).Count.ShouldBe(2);
    }

    [Fact]
    public async Task Should_be_the_same_also_where_nothing_was_known_the_first_time()
    {
        models.Says(model, Reply.OfJson(Acting.Read()));
        var first = await Acting.Plan(app, Acting.Asked(task, loop: memory.Loop()));
        await memory.Learn(memory.Run("run-1", lessons: [Lesson]), 1);

        JsonSerializer.Serialize(await Acting.Plan(app, Acting.Asked(task, loop: memory.Loop()))).ShouldBe(JsonSerializer.Serialize(first));
        models.Prompt(model).ShouldNotContain("What earlier runs learned");
    }

    [Fact]
    public async Task Should_agree_where_two_have_the_same_request_at_once()
    {
        await memory.Learn(memory.Run("run-1", lessons: [Lesson]), 1);

        var all = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => memory.Recall(Acting.Asked(task))));

        all.Select(one => JsonSerializer.Serialize(one)).Distinct().Count().ShouldBe(1);
        (await models.Scalar($"select recalled from planner.memories where scope = '{memory.Scope}'")).ShouldBe(1);
    }

    [Fact]
    public async Task Should_be_so_many_as_the_loop_says_and_near_enough()
    {
        await memory.Learn(memory.Run("run-1", lessons: [Lesson, "The order of the bank is paid.", "Whales sing in winter, and nobody knows why or for whom."]), 3);

        (await memory.Recall(Acting.Asked(task, attempt: 1))).Select(one => one.Text).ShouldBe(["The order of the bank is paid.", Lesson], ignoreOrder: true);
        (await memory.Recall(Acting.Asked(task, attempt: 2), memory.Loop(", recall: 1"))).Count.ShouldBe(1);
        (await memory.Recall(Acting.Asked(task, attempt: 3), memory.Loop(", relevance: 1"))).ShouldBeEmpty();
    }

    [Fact]
    public async Task Should_be_no_others_than_those_of_the_scope()
    {
        await memory.Learn(memory.Run("run-1", lessons: [Lesson]), 1);

        (await new Remembering(models, app).Recall(Acting.Asked(task))).ShouldBeEmpty();
        (await memory.Recall(Acting.Asked(task, attempt: 2), Acting.Loop())).ShouldBeEmpty();
    }

    [Fact]
    public async Task Should_be_forgotten_where_there_are_too_many_the_longest_unused_first()
    {
        await memory.Learn(memory.Run("run-1", lessons: [Lesson, .. Enumerable.Range(1, 13).Select(number => $"Whale {number} sings in the winter of year {number}.")]), 14);
        await memory.Recall(Acting.Asked(task));

        await using var scope = app.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<IOptions<PlannerOptions>>().Value.MemoriesPerScope = 10;
        var removed = await OldMemories.RemoveUnused(scope.ServiceProvider, default, 3, default) + await OldMemories.RemoveUnused(scope.ServiceProvider, default, 3, default);

        (removed, await memory.Count()).ShouldBe((4, 10L));
        (await models.Scalar($"select count(*) from planner.memories where scope = '{memory.Scope}' and text = '{Lesson}'")).ShouldBe(1L);
    }
}
