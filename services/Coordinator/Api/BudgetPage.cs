using LoopBus.Coordinator.Budgets;

namespace LoopBus.Coordinator.Api;

/// <summary>The budgets of today and of the days before.</summary>
internal sealed record BudgetPage(DateOnly Today, DateTimeOffset RenewedAt, IReadOnlyList<BudgetView> Budgets);

/// <summary>
/// A loop's or a tenant's budget on a day as the HTTP API shows it; a limit that is null is none. Reserved is for questions without an answer yet, of a past day
/// too. Over: more was wanted than it had, denied times; flagged: that on this day and the two before.
/// </summary>
internal sealed record BudgetView(
    string Scope, DateOnly Day, BudgetAmount Limit, BudgetAmount Spent, BudgetAmount Reserved, int Denied, bool Over, bool Flagged)
{
    public static BudgetView Of(BudgetRow row) => new(
        row.Scope, row.Day, new BudgetAmount(row.LimitTokens, row.LimitUsd), new BudgetAmount(row.SpentTokens, row.SpentUsd),
        new BudgetAmount(row.ReservedTokens, row.ReservedUsd), row.Denied, row.IsUsedUp, row.Flagged);
}

/// <summary>Tokens, in and out, and US dollars.</summary>
internal sealed record BudgetAmount(long? Tokens, decimal? Usd);
