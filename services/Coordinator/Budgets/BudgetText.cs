using System.Globalization;
using LoopBus.Loops.Budgets;

namespace LoopBus.Coordinator.Budgets;

/// <summary>How a budget stands, in words.</summary>
internal static class BudgetText
{
    public static string Of(BudgetDay budget)
    {
        var (whose, name) = budget.Scope.Split(':', 2) is [var kind, var rest] ? (kind, rest) : ("", budget.Scope);
        var parts = new[]
        {
            budget.Limit.Tokens is { } tokens ? Part(budget.Spent.Tokens, budget.Reserved.Tokens, tokens, "tokens") : null,
            budget.Limit.Usd is { } usd ? Part(budget.Spent.Usd, budget.Reserved.Usd, usd, "US dollars") : null,
        };

        return $"models took {string.Join(" and ", parts.OfType<string>())} for {whose} {name}";
    }

    private static string Part<T>(T spent, T reserved, T limit, string what)
        where T : IFormattable
    {
        var held = reserved.Equals(default(T)) ? "" : $" ({Number(reserved)} more reserved for questions under way)";

        return $"{Number(spent)} of {Number(limit)} {what}{held}";
    }

    private static string Number(IFormattable number) => number.ToString("0.####", CultureInfo.InvariantCulture);
}
