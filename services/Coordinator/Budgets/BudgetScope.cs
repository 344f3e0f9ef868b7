using LoopBus.Contracts.Runs;
using LoopBus.Loops;

namespace LoopBus.Coordinator.Budgets;

/// <summary>Whose budget it is: that of all runs of a loop, or of a tenant; and what it has for a day.</summary>
internal sealed record BudgetScope(string Name, DailyBudget Limit)
{
    public const int MostLength = 120;

    /// <summary>The bounded ones among those that a run counts for; mostly there are none.</summary>
    public static IReadOnlyList<BudgetScope> Of(LoopDefinition loop, RunLoop? trigger, CoordinatorOptions options)
    {
        if (loop.Budget is null && trigger?.Tenant is null)
            return [];

        return [.. new[] { OfLoop(loop), OfTenant(trigger?.Tenant, options) }.OfType<BudgetScope>()];
    }

    public static BudgetScope? OfLoop(LoopDefinition loop) => Bounded($"loop:{loop.Name}", loop.Budget);

    /// <summary>A tenant by any spelling has one budget.</summary>
    public static BudgetScope? OfTenant(string? tenant, CoordinatorOptions options) =>
        tenant is not null && (options.Tenants.GetValueOrDefault(tenant) ?? options.Tenants.GetValueOrDefault(CoordinatorOptions.AnyTenant)) is { } limits
            ? Bounded(NameOf(tenant), new DailyBudget(limits.TokensPerDay, limits.UsdPerDay))
            : null;

    public static string NameOf(string tenant) => $"tenant:{tenant.ToLowerInvariant()}";

    private static BudgetScope? Bounded(string name, DailyBudget? limit) => limit is null or { Tokens: null, Usd: null } ? null : new BudgetScope(name, limit);
}
