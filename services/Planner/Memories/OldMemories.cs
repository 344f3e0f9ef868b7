using Microsoft.EntityFrameworkCore;

namespace LoopBus.Planner.Memories;

/// <summary>Forgets: what decisions recalled as long ago as their plans, and of a scope that is full the memories that were used longest ago.</summary>
internal static class OldMemories
{
    public static Task<int> RemoveRecalls(IServiceProvider scope, DateTimeOffset before, int limit, CancellationToken cancellationToken) =>
        scope.GetRequiredService<PlannerDbContext>().Recalls
            .Where(recall => recall.RecalledAt < before).OrderBy(recall => recall.RecalledAt).Take(limit).ExecuteDeleteAsync(cancellationToken);

    public static async Task<int> RemoveUnused(IServiceProvider scope, DateTimeOffset before, int limit, CancellationToken cancellationToken)
    {
        var most = scope.GetRequiredService<PlannerOptions>().MemoriesPerScope;
        var memories = scope.GetRequiredService<PlannerDbContext>().Memories;
        var full = await memories.GroupBy(memory => memory.Scope).Where(same => same.Count() > most)
            .Select(same => new { Scope = same.Key, Count = same.Count() }).OrderBy(same => same.Scope).ToListAsync(cancellationToken);
        var removed = 0;

        foreach (var one in full)
            if (Math.Min(one.Count - most, limit - removed) is var some && some > 0)
                removed += await memories.Where(memory => memory.Scope == one.Scope).OrderBy(memory => memory.UsedAt).ThenBy(memory => memory.Id).Take(some).ExecuteDeleteAsync(cancellationToken);

        return removed;
    }
}
