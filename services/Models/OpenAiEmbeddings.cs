using Microsoft.Extensions.AI;
using OpenAI.Embeddings;

namespace LoopBus.Models;

/// <summary>The OpenAI package's embeddings behind <see cref="IEmbeddingGenerator{TInput,TEmbedding}"/>.</summary>
internal sealed class OpenAiEmbeddings(EmbeddingClient client) : IEmbeddingGenerator<string, Embedding<float>>
{
    public async Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<string> values, Microsoft.Extensions.AI.EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        OpenAIEmbeddingCollection made = await client.GenerateEmbeddingsAsync(values, cancellationToken: cancellationToken);

        return new GeneratedEmbeddings<Embedding<float>>(made.OrderBy(one => one.Index).Select(one => new Embedding<float>(one.ToFloats()) { ModelId = made.Model }))
        {
            Usage = new UsageDetails { InputTokenCount = made.Usage?.InputTokenCount, TotalTokenCount = made.Usage?.TotalTokenCount },
        };
    }

    public object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceKey is null && serviceType.IsInstanceOfType(this) ? this : serviceKey is null && serviceType == typeof(EmbeddingClient) ? client : null;

    public void Dispose()
    {
    }
}
