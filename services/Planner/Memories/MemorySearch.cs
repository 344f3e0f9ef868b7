using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using LoopBus.Loops;
using LoopBus.Models;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace LoopBus.Planner.Memories;

/// <summary>
/// Finds the memories of a scope that are near to an aim: by the cosine of their vectors, exactly, where a model makes vectors, else by their words. PostgreSQL's full
/// text search brings the candidates; where there is none the newest memories are.
/// </summary>
internal sealed class MemorySearch(Lazy<PlannerDbContext> database, IOptions<PlannerOptions> options)
{
    private const int MostWords = 64;
    private const int MostCandidates = 200;

    // So few words would make one shared word look like much.
    private const int LeastWords = 3;

    public async Task<IReadOnlyList<Recalled>> Of(string scope, string aim, TextVectors? vectors, MemoryPolicy policy, CancellationToken cancellationToken)
    {
        var scores = vectors is { Model: var model, Vectors: [var vector] }
            ? [.. await ByMeaning(scope, model, vector, policy, cancellationToken), .. await ByWords(scope, aim, model, policy, cancellationToken)]
            : await ByWords(scope, aim, null, policy, cancellationToken);
        // Some of them may be superseded.
        var best = scores.OrderByDescending(one => one.Score).ThenBy(one => one.Id, StringComparer.Ordinal).Take(4 * policy.Recall).ToDictionary(one => one.Id, one => one.Score);
        if (best.Count == 0)
            return [];

        var memories = await database.Value.Memories.AsNoTracking().Where(memory => best.Keys.Contains(memory.Id)).ToListAsync(cancellationToken);
        var newest = await Newest(scope, [.. memories.Select(memory => memory.Key).Where(key => key.Length > 0).Distinct()], cancellationToken);

        return [.. memories
            .Where(memory => memory.Key.Length == 0 || memory.LearnedAt >= newest.GetValueOrDefault((memory.Kind, memory.Key)))
            .OrderByDescending(memory => best[memory.Id]).ThenBy(memory => memory.Id, StringComparer.Ordinal)
            .Take(policy.Recall)
            .Select(memory => Recalled.Of(memory, best[memory.Id]))];
    }

    /// <summary>When the newest value of each key was learned.</summary>
    public async Task<Dictionary<(string Kind, string Key), DateTimeOffset>> Newest(string scope, IReadOnlyList<string> keys, CancellationToken cancellationToken) =>
        keys.Count == 0 ? [] : await database.Value.Memories
            .Where(memory => memory.Scope == scope && keys.Contains(memory.Key))
            .GroupBy(memory => new { memory.Kind, memory.Key })
            .Select(same => new { same.Key.Kind, same.Key.Key, At = same.Max(memory => memory.LearnedAt) })
            .ToDictionaryAsync(same => (same.Kind, same.Key), same => same.At, cancellationToken);

    private async Task<List<(string Id, double Score)>> ByMeaning(string scope, string model, float[] vector, MemoryPolicy policy, CancellationToken cancellationToken)
    {
        var least = (double?)policy.Relevance ?? MemoryPolicy.ByMeaning;
        var scores = new List<(string Id, double Score)>();
        var rows = Newest(scope).Where(memory => memory.EmbeddingModel == model).Select(memory => new { memory.Id, memory.Embedding }).AsAsyncEnumerable();

        await foreach (var row in rows.WithCancellation(cancellationToken))
            if (Cosine(row.Embedding!, vector) is var score && score >= least)
                scores.Add((row.Id, score));

        return scores;
    }

    private static double Cosine(byte[] embedding, float[] vector)
    {
        var numbers = MemoryMarshal.Cast<byte, float>(embedding);

        // Another length is another model's, whatever it is called.
        return numbers.Length == vector.Length && TensorPrimitives.CosineSimilarity(numbers, vector) is var cosine && float.IsFinite(cosine) ? cosine : 0;
    }

    private async Task<List<(string Id, double Score)>> ByWords(string scope, string aim, string? butBy, MemoryPolicy policy, CancellationToken cancellationToken)
    {
        var least = (double?)policy.Relevance ?? MemoryPolicy.ByWords;
        var words = MemoryText.Words(aim).Take(MostWords).ToHashSet(StringComparer.Ordinal);
        if (words.Count == 0)
            return [];

        // Words are letters and digits only.
        var query = string.Join(" | ", words);
        var candidates = database.Value.Database.IsNpgsql()
            ? database.Value.Memories.FromSql(
                $"""
                SELECT * FROM planner.memories
                WHERE scope = {scope} AND to_tsvector('simple', words) @@ to_tsquery('simple', {query})
                ORDER BY ts_rank(to_tsvector('simple', words), to_tsquery('simple', {query})) DESC, id
                LIMIT {MostCandidates}
                """)
            : Newest(scope);
        var found = await candidates.AsNoTracking().Where(memory => butBy == null || memory.EmbeddingModel != butBy).Select(memory => new { memory.Id, memory.Words }).ToListAsync(cancellationToken);

        return [.. found.Select(memory => (memory.Id, Score: Overlap(memory.Words.Split(' '), words))).Where(one => one.Score > 0 && one.Score >= least)];
    }

    private IQueryable<Memory> Newest(string scope) =>
        database.Value.Memories.AsNoTracking().Where(memory => memory.Scope == scope).OrderByDescending(memory => memory.LearnedAt).ThenBy(memory => memory.Id).Take(options.Value.MemoriesPerScope);

    // Of the smaller of both, how much the other has (Szymkiewicz-Simpson).
    private static double Overlap(string[] memory, HashSet<string> aim) =>
        (double)memory.Count(aim.Contains) / Math.Max(LeastWords, Math.Min(memory.Length, aim.Count));
}
