using System.ClientModel;
using LoopBus.ModelServer.Scripts;
using OpenAI.Embeddings;

namespace LoopBus.ModelServer.Tests;

public sealed class When_texts_are_embedded
{
    [Fact]
    public async Task Should_have_similar_texts_near_and_others_far()
    {
        await using var host = await ModelHost.Start(new Script());

        var embedded = (await host.Embeddings().GenerateEmbeddingsAsync(
        [
            "The broker restarts every Tuesday night.",
            "Every Tuesday night, the broker restarts!",
            "On Tuesday the broker restarts.",
            "Invoices are printed in blue ink.",
        ])).Value;

        var vectors = embedded.Select(embedding => embedding.ToFloats().ToArray()).ToArray();
        Near(vectors[0], vectors[1]).ShouldBe(1, tolerance: 0.001);
        Near(vectors[0], vectors[2]).ShouldBeGreaterThan(0.6f);
        Near(vectors[0], vectors[3]).ShouldBeLessThan(0.3f);
        vectors.ShouldAllBe(vector => vector.Length == 256);
        embedded.Usage.InputTokenCount.ShouldBe(37);
        host.Journal.Calls.Single().Messages.Count.ShouldBe(4);
    }

    [Fact]
    public async Task Should_be_the_same_on_every_server()
    {
        await using var one = await ModelHost.Start(new Script());
        await using var other = await ModelHost.Start(new Script());

        var first = (await one.Embeddings().GenerateEmbeddingAsync("the same text")).Value.ToFloats().ToArray();
        var second = (await other.Embeddings().GenerateEmbeddingAsync("the same text")).Value.ToFloats().ToArray();

        first.ShouldBe(second);
    }

    [Fact]
    public async Task Should_have_as_many_dimensions_as_are_asked_for()
    {
        await using var host = await ModelHost.Start(new Script());

        var embedding = (await host.Embeddings().GenerateEmbeddingAsync("short", new EmbeddingGenerationOptions { Dimensions = 32 })).Value;

        embedding.ToFloats().Length.ShouldBe(32);
        var vector = embedding.ToFloats().ToArray();
        Near(vector, vector).ShouldBe(1, tolerance: 0.001);
    }

    [Fact]
    public async Task Should_fail_where_a_rule_of_this_path_says_so()
    {
        await using var host = await ModelHost.Start(Script.Of(
            Rule.Always("for chats"),
            new Rule { When = new When { Path = "/v1/embeddings" }, Then = [Reply.Failing(503), new Reply()] }));

        (await Should.ThrowAsync<ClientResultException>(() => host.Embeddings().GenerateEmbeddingAsync("text"))).Status.ShouldBe(503);

        (await host.Embeddings().GenerateEmbeddingAsync("text")).Value.ToFloats().Length.ShouldBe(256);
    }

    // the vectors have length 1: their product is the cosine between them
    private static float Near(float[] one, float[] other) => one.Zip(other, (left, right) => left * right).Sum();
}
