using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using LoopBus.Loops;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Options;

namespace LoopBus.Models;

/// <summary>Has texts made into vectors, which are near where the texts mean the like; asked, kept and bounded as <see cref="ModelDesk"/>'s questions are.</summary>
public sealed class EmbeddingDesk
{
    private readonly CallJournal journal;
    private readonly ChatClients clients;
    private readonly ModelsOptions options;

    internal EmbeddingDesk(CallJournal journal, ChatClients clients, IOptions<ModelsOptions> options) => (this.journal, this.clients, this.options) = (journal, clients, options.Value);

    /// <param name="key">The idempotency key of the call.</param>
    /// <param name="may">Looked at before a call is made, and not where the answer is known: it throws where it may not be made.</param>
    /// <returns>A vector for each text, and the model that made them: only vectors of one model can be compared. Null where no model is chosen.</returns>
    /// <exception cref="ModelException">Nobody answered, or the key was used for other texts.</exception>
    public async Task<TextVectors?> Of(string key, string taskId, string loop, IReadOnlyList<string> texts, Func<IReadOnlyList<ModelMessage>, Task> may, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(texts);
        ArgumentNullException.ThrowIfNull(may);
        if (texts.Count == 0 || options.EndpointOf(ModelRole.Embedding, loop) is not { } endpoint)
            return null;

        var question = new ModelQuestion(key, taskId, loop, ModelRole.Embedding, [.. texts.Select(ModelMessage.User)]);
        var (call, _) = await journal.Once(
            question,
            JsonSerializer.Serialize(texts, JsonSerializerOptions.Web),
            async prompt =>
            {
                await may(question.Messages);
                return await journal.Call(question, prompt, endpoint, settings => Make(settings, endpoint, texts, cancellationToken), cancellationToken);
            },
            cancellationToken);

        return Read(call, texts.Count);
    }

    private async Task<ModelReply> Make(EndpointOptions settings, string endpoint, IReadOnlyList<string> texts, CancellationToken cancellationToken)
    {
        var made = await clients.EmbeddingsFor(endpoint).GenerateAsync(texts, cancellationToken: cancellationToken);
        if (made.Count != texts.Count || made[0].Vector.Length == 0 || made.Any(one => one.Vector.Length != made[0].Vector.Length))
            throw ModelException.Of("model-unreadable", $"The model endpoint {endpoint} was to make {texts.Count} vectors of one length, and did not.", retryable: true);
        var numbers = made.SelectMany(one => one.Vector.ToArray()).ToArray();

        // The model is what is configured, and not what the provider calls it today: it tells which vectors can be compared.
        return new ModelReply(settings.Model, Convert.ToBase64String(MemoryMarshal.AsBytes<float>(numbers)), "stop", made.Usage is { InputTokenCount: > 0 } usage ? usage.InputTokenCount.Value : TokenEstimate.Of(texts.Sum(text => (long)Encoding.UTF8.GetByteCount(text))), 0);
    }

    private static TextVectors Read(ModelCall call, int count)
    {
        var numbers = MemoryMarshal.Cast<byte, float>(Convert.FromBase64String(call.Answer));
        var length = numbers.Length / count;
        var vectors = new float[count][];
        for (var i = 0; i < count; i++)
            vectors[i] = numbers.Slice(i * length, length).ToArray();

        return new TextVectors(call.Model, vectors);
    }
}
