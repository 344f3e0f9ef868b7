using LoopBus.Loops;
using LoopBus.Loops.Budgets;
using LoopBus.Persistence;
using Microsoft.EntityFrameworkCore;

namespace LoopBus.Coordinator.Budgets;

/// <summary>All that one message does to one budget, which is one statement of its commit: what it settles is seen by what it reserves.</summary>
internal sealed class BudgetChange
{
    public Amount Spent { get; set; }

    public Amount Reserved { get; set; }

    public int Denied { get; set; }

    /// <summary>Where something is reserved: all of it must fit by then, with what is settled here.</summary>
    public DailyBudget? Within { get; set; }

    /// <summary>The budget as it stands for this message.</summary>
    public BudgetDay On(BudgetDay day) => day with { Spent = day.Spent + Spent, Reserved = day.Reserved + Reserved };

    public async Task Write(CoordinatorDbContext database, DateOnly day, string scope, CancellationToken cancellationToken)
    {
        var (spent, reserved, more, denied, limit) = (Spent, Reserved, Spent + Reserved, Denied, Within);
        var budget = database.Budgets.Where(row => row.Day == day && row.Scope == scope);
        if (limit?.Tokens is { } tokens)
            budget = budget.Where(row => row.SpentTokens + row.ReservedTokens + more.Tokens <= tokens);
        if (limit?.Usd is { } usd)
            budget = budget.Where(row => row.SpentUsd + row.ReservedUsd + more.Usd <= usd);

        var written = await budget.ExecuteUpdateAsync(
            row =>
            {
                row.SetProperty(x => x.SpentTokens, x => x.SpentTokens + spent.Tokens).SetProperty(x => x.SpentUsd, x => x.SpentUsd + spent.Usd)
                    .SetProperty(x => x.ReservedTokens, x => x.ReservedTokens + reserved.Tokens).SetProperty(x => x.ReservedUsd, x => x.ReservedUsd + reserved.Usd)
                    .SetProperty(x => x.Denied, x => x.Denied + denied);
                if (limit is not null)
                    row.SetProperty(x => x.LimitTokens, limit.Tokens).SetProperty(x => x.LimitUsd, limit.Usd);
            },
            cancellationToken);
        if (written == 0 && limit is not null)
            throw new ConcurrencyConflictException($"Another run reserved the rest of budget {scope} first.");
    }
}
