using LoopBus.Contracts.Planning;
using LoopBus.Planner.Memories;
using LoopBus.Planner.Tests.Models;

namespace LoopBus.Planner.Tests.Memories;

public sealed class When_a_run_has_learned : IClassFixture<ModelFixture>
{
    private static readonly Fact Paid = new("Order-17.Status", "paid", "act-1");

    private readonly ModelFixture models;
    private readonly Remembering memory;

    public When_a_run_has_learned(ModelFixture models) => (this.models, memory) = (models, new Remembering(models, models.Start(models.NewModel())));

    [Fact]
    public async Task Should_keep_each_fact_once_with_where_it_is_from_however_often_it_is_told()
    {
        var run = memory.Run("run-1", [Paid, new Fact("order-17.customer", "Ada", "person")], ["Ask the archive first."]);

        await memory.Learn(run, 3);
        await memory.Learn(run, 3);
        await memory.Learn(memory.Run("run-2", [Paid]), 3);

        (await models.Scalar($"select concat_ws('|', text, task_id, loop, source, said_by) from planner.memories where scope = '{memory.Scope}' and key = 'order-17.status'")).ShouldBe("paid|run-2|desk@1.0.0|act-1|planner");
        (await models.Scalar($"select said_by from planner.memories where scope = '{memory.Scope}' and key = 'order-17.customer'")).ShouldBe("person");
        (await models.Scalar($"select count(*) from planner.memories where scope = '{memory.Scope}' and kind = 'lesson'")).ShouldBe(1L);
    }

    [Fact]
    public async Task Should_let_the_newest_value_of_a_key_win_whichever_is_told_first()
    {
        var older = memory.Run("run-1", [Paid with { Value = "open" }]);
        await memory.Learn(memory.Run("run-2", [Paid]), 1);
        await memory.Learn(older, 2);

        var recalled = await memory.Recall(Acting.Asked(Remembering.Task(), input: """{ "path": "order 17 status" }"""));

        recalled.ShouldHaveSingleItem().Text.ShouldBe("paid");
    }

    [Fact]
    public async Task Should_let_a_value_count_again_that_was_superseded()
    {
        await memory.Learn(memory.Run("run-1", [Paid]), 1);
        await memory.Learn(memory.Run("run-2", [Paid with { Value = "open" }]), 2);
        await memory.Learn(memory.Run("run-3", [Paid, new Fact("other", "x", "act-1")]), 3);

        (await memory.Recall(Acting.Asked(Remembering.Task(), input: """{ "path": "order 17 status" }"""))).ShouldHaveSingleItem().TaskId.ShouldBe("run-3");
    }

    [Fact]
    public async Task Should_keep_of_a_failed_run_what_went_wrong_and_no_facts()
    {
        var run = memory.Run("run-1", [Paid], ["Ask the archive first."], "failed", "The run stands still.", [new Guidance("rejection", "file.write: ada: too much", "people"), new Guidance("feedback", "No source.", "critic")]);

        var memories = Consolidation.Of(run).Select(one => (one.Kind, one.Text, one.By)).ToList();

        memories.ShouldBe(
        [
            (MemoryKind.Lesson, "A run did not succeed (failed): The run stands still. It had found: Order-17.Status: paid", "coordinator"),
            (MemoryKind.Lesson, "Ask the archive first.", "planner"),
            (MemoryKind.Decision, "rejection: file.write: ada: too much", "people"),
            (MemoryKind.Lesson, "feedback: No source.", "critic"),
        ]);
        await memory.Learn(run, 4);
    }

    [Fact]
    public async Task Should_bear_what_no_database_keeps()
    {
        await memory.Learn(memory.Run("run-1", [new Fact("a\0b", new string('x', 9000) + "\ud83d\ude00", "act-1"), new Fact("", "no key", "act-1"), new Fact("empty", " \0 ", "act-1")]), 1);
    }
}
