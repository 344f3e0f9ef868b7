using System.Text.Json;
using LoopBus.Contracts.Planning;
using LoopBus.Loops;
using LoopBus.Models;
using LoopBus.Persistence;
using Microsoft.EntityFrameworkCore;

namespace LoopBus.Planner.Memories;

/// <summary>
/// Recalls what earlier runs learned, for one decision. What is recalled is kept under the decision's key before anything is made of it: asked again, the
/// decision is shown the same, and its question to the model is the one that is in the journal.
/// </summary>
internal sealed class Recollection(IRows rows, Lazy<PlannerDbContext> database, MemorySearch search, EmbeddingDesk embeddings, PlanSpending spending, TimeProvider time, PlannerLog log)
{
    public async Task<IReadOnlyList<Recalled>> Of(MakePlan asked, LoopDefinition loop, CancellationToken cancellationToken)
    {
        if (loop.Memory is not { } policy)
            return [];
        var key = IdempotencyKey.For(asked.TaskId, "recall", $"model-{asked.Attempt}");
        if (await rows.Find<RecallEntry>(key, cancellationToken) is { } known)
            return Read(known);

        var entry = new RecallEntry
        {
            Key = key,
            TaskId = asked.TaskId,
            Scope = policy.ScopeOf(loop.Name, asked.Tenant),
            Memories = JsonSerializer.Serialize(await Search(asked, loop, policy, cancellationToken)),
            RecalledAt = time.GetUtcNow(),
        };
        if (!await rows.Commit(write => write.Insert(entry), cancellationToken))
            // Another has the same request, and was first.
            return Read(await rows.Find<RecallEntry>(key, cancellationToken) ?? entry);

        var recalled = Read(entry);
        await Count(recalled, cancellationToken);

        return recalled;
    }

    private async Task<IReadOnlyList<Recalled>> Search(MakePlan asked, LoopDefinition loop, MemoryPolicy policy, CancellationToken cancellationToken)
    {
        var aim = Aim.Of(asked, loop);

        return aim.Length == 0 ? [] : await search.Of(policy.ScopeOf(loop.Name, asked.Tenant), aim, await Vector(asked, loop, aim, cancellationToken), policy, cancellationToken);
    }

    // A decision is worth more than what it recalls: without a vector it goes by words.
    private async Task<TextVectors?> Vector(MakePlan asked, LoopDefinition loop, string aim, CancellationToken cancellationToken)
    {
        try
        {
            return await embeddings.Of(
                IdempotencyKey.For(asked.TaskId, "recall", $"aim-{asked.Attempt}"), asked.TaskId, loop.Name, [aim],
                texts => spending.Require(asked, loop, ModelRole.Embedding, texts, cancellationToken), cancellationToken);
        }
        catch (ModelException exception)
        {
            log.NotEmbedded(asked.TaskId, exception.Reason.Code, exception.Reason.Text);

            return null;
        }
    }

    // One by one: two decisions that recall the same never wait for each other in a ring. Where the process dies here, a recall is not counted.
    private async Task Count(IReadOnlyList<Recalled> recalled, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        foreach (var id in recalled.Select(memory => memory.Id).Order(StringComparer.Ordinal))
            await database.Value.Memories.Where(memory => memory.Id == id)
                .ExecuteUpdateAsync(set => set.SetProperty(memory => memory.Recalled, memory => memory.Recalled + 1).SetProperty(memory => memory.UsedAt, now), cancellationToken);
    }

    private static IReadOnlyList<Recalled> Read(RecallEntry entry) => JsonSerializer.Deserialize<List<Recalled>>(entry.Memories)!;
}
