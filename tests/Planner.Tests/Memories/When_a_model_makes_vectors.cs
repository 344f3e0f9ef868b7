using LoopBus.Contracts.Planning;
using LoopBus.Models;
using LoopBus.ModelServer.Scripts;
using LoopBus.Planner.Tests.Bus;
using LoopBus.Planner.Tests.Models;
using Microsoft.Extensions.DependencyInjection;

namespace LoopBus.Planner.Tests.Memories;

public sealed class When_a_model_makes_vectors : IClassFixture<ModelFixture>
{
    private const string Vectors = "vectors";
    private const string Near = "Whether the order is paid: find out in orders.txt";

    private readonly ModelFixture models;
    private readonly PlannerApp app;
    private readonly Remembering memory;
    private readonly string task = Remembering.Task();

    public When_a_model_makes_vectors(ModelFixture models)
    {
        this.models = models;
        models.Server.Add(new Rule { When = new When { Path = "/v1/embeddings", Model = "away" }, Misbehaviour = Misbehaviours.FailingAlways });
        app = models.StartWithEmbeddings(Vectors, "away");
        memory = new Remembering(models, app);
    }

    [Fact]
    public async Task Should_find_memories_by_their_meaning_and_pay_once()
    {
        await memory.Learn(memory.Run("run-1", lessons: [Near, "The order of whales is not paid."]), 2);

        var recalled = await memory.Recall(Acting.Asked(task));
        await memory.Recall(Acting.Asked(task));

        recalled.ShouldHaveSingleItem().Text.ShouldBe(Near);
        recalled[0].Relevance.ShouldBeGreaterThan(0.9);
        (await models.Scalar($"select count(*) from planner.memories where scope = '{memory.Scope}' and embedding_model = '{Vectors}' and length(embedding) = 1024")).ShouldBe(2L);
        (await models.Scalar($"select count(*) from planner.model_call where task_id = '{task}' and role = 'embedding'")).ShouldBe(1L);
    }

    [Fact]
    public async Task Should_be_asked_once_by_two_that_ask_at_the_same_time()
    {
        var key = task[^32..];
        var before = models.Calls(Vectors);

        var made = await Task.WhenAll(Vector(key), Vector(key));

        made[0].Vectors[0].ShouldBe(made[1].Vectors[0]);
        (models.Calls(Vectors) - before).ShouldBe(1);
    }

    [Fact]
    public async Task Should_be_asked_once_though_the_answer_can_not_be_kept_when_it_comes()
    {
        var key = task[^32..];
        var before = models.Calls(Vectors);
        await models.Scalar("create function planner.none() returns trigger language plpgsql as $$ begin raise exception 'The database is away.'; end $$");
        await models.Scalar("create trigger away before insert on planner.model_call for each row execute function planner.none()");
        try
        {
            await Should.ThrowAsync<Exception>(Vector(key));
        }
        finally
        {
            await models.Scalar("drop function planner.none() cascade");
        }

        (await Vector(key)).Vectors.ShouldHaveSingleItem();
        (models.Calls(Vectors) - before).ShouldBe(1);
    }

    [Theory]
    [InlineData("desk", 10, null, false)]
    [InlineData("desk", 100_000, null, true)]
    [InlineData("desk", 100_000, 0.001, false)]
    [InlineData("desk", 100_000, 5.0, true)]
    [InlineData("unpriced", 100_000, null, true)]
    [InlineData("unpriced", 100_000, 5.0, false)]
    public async Task Should_not_be_asked_beyond_what_is_allowed(string loop, long tokens, double? usd, bool asked)
    {
        var allowed = new Spent(tokens, (decimal?)usd);
        await memory.Learn(memory.Run("run-1", lessons: [Near], loop: loop) with { Allowance = allowed }, 1);

        var recalled = await memory.Recall(Acting.Asked(task) with { Allowance = allowed }, memory.Loop() with { Name = loop });

        recalled.ShouldHaveSingleItem().Text.ShouldBe(Near);
        (await models.Scalar($"select count(*) from planner.model_call where task_id = '{task}' and role = 'embedding'")).ShouldBe(asked ? 1L : 0L);
        (await models.Scalar($"select count(*) from planner.memories where scope = '{memory.Scope}' and embedding is not null")).ShouldBe(asked ? 1L : 0L);
    }

    [Fact]
    public async Task Should_not_be_asked_beyond_the_limit_of_the_loop()
    {
        await memory.Learn(memory.Run("run-1", lessons: [Near]), 1);
        var loop = memory.Loop();

        await memory.Recall(Acting.Asked(task), loop with { Limits = loop.Limits with { Tokens = 10 } });

        (await models.Scalar($"select count(*) from planner.model_call where task_id = '{task}'")).ShouldBe(0L);
    }

    [Fact]
    public async Task Should_go_by_words_where_it_is_away()
    {
        await memory.Learn(memory.Run("run-1", lessons: [Near], loop: "away"), 1);

        var recalled = await memory.Recall(Acting.Asked(task), memory.Loop() with { Name = "away" });

        recalled.ShouldHaveSingleItem().Text.ShouldBe(Near);
        (await models.Scalar($"select count(*) from planner.memories where scope = '{memory.Scope}' and embedding is null")).ShouldBe(1L);
    }

    [Fact]
    public async Task Should_find_by_words_what_was_learned_while_it_was_away()
    {
        await memory.Learn(memory.Run("run-1", lessons: [Near], loop: "away"), 1);

        (await memory.Recall(Acting.Asked(task))).ShouldHaveSingleItem().Text.ShouldBe(Near);
    }

    private async Task<TextVectors> Vector(string key)
    {
        await using var scope = app.Services.CreateAsyncScope();

        return (await scope.ServiceProvider.GetRequiredService<EmbeddingDesk>().Of(key, task, "desk", [Near], _ => Task.CompletedTask, default))!;
    }
}
