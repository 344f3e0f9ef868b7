using System.Text.Json;

namespace LoopBus.Models;

/// <summary>What a model is asked, under the idempotency key of the call: the same key is never paid for twice.</summary>
/// <param name="Key">See <see cref="LoopBus.Loops.IdempotencyKey"/>.</param>
/// <param name="Role">One of <see cref="ModelRole"/>.</param>
/// <param name="Schema">The JSON Schema of the answer, where the endpoint can be held to one; null for free text.</param>
public sealed record ModelQuestion(string Key, string TaskId, string Loop, string Role, IReadOnlyList<ModelMessage> Messages, JsonElement? Schema = null);
