namespace LoopBus.Loops;

/// <summary>What a loop remembers from run to run, and what of it is recalled before each decision.</summary>
/// <param name="Shared">The name under which loops share one memory; null: the loop has one of its own.</param>
/// <param name="Recall">The most memories that one decision is shown.</param>
/// <param name="Relevance">The least, from 0 to 1; null: <see cref="ByMeaning"/> or <see cref="ByWords"/>.</param>
/// <param name="Facts">Whether facts are kept.</param>
/// <param name="Lessons">Whether lessons are kept: what went wrong, and what people and critics said.</param>
public sealed record MemoryPolicy(string? Shared = null, int Recall = 5, decimal? Relevance = null, bool Facts = true, bool Lessons = true)
{
    /// <summary>The scope of a loop that shares its memory with no other, as loop.yaml says it.</summary>
    public const string OfLoop = "loop";

    /// <summary>The least relevance where a model tells how near texts are: the cosine of their vectors.</summary>
    public const double ByMeaning = 0.7;

    /// <summary>The least relevance where words tell it: the share of the memory's words that the decision's words have, or the other way where those are fewer.</summary>
    public const double ByWords = 0.2;

    /// <summary>The scope of this loop's memory; no name of a loop is a scope that loops share, and no tenant has another's.</summary>
    public string ScopeOf(string loop, string? tenant = null) => $"{OfTenant(tenant)}{(Shared is null ? $"loop:{loop}" : $"shared:{Shared}")}";

    /// <summary>What every scope of a tenant begins with, and no other scope does: a tenant's name has no slash.</summary>
    public static string OfTenant(string? tenant) => tenant is null ? "" : $"tenant:{tenant.ToLowerInvariant()}/";
}
