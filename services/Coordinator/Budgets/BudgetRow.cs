using LoopBus.Loops;
using LoopBus.Loops.Budgets;

namespace LoopBus.Coordinator.Budgets;

/// <summary>The budget of a loop or of a tenant on one day, UTC.</summary>
internal sealed class BudgetRow
{
    public required string Scope { get; init; }

    public required DateOnly Day { get; init; }

    public long SpentTokens { get; set; }

    public decimal SpentUsd { get; set; }

    /// <summary>For questions that have not been answered.</summary>
    public long ReservedTokens { get; set; }

    public decimal ReservedUsd { get; set; }

    /// <summary>The limits as they were seen last; null where unbounded.</summary>
    public long? LimitTokens { get; set; }

    public decimal? LimitUsd { get; set; }

    /// <summary>How many questions and triggers had to go without.</summary>
    public int Denied { get; set; }

    /// <summary>Whether it was used up on this day and the two before.</summary>
    public bool Flagged { get; set; }

    public BudgetDay At(DailyBudget limit) => new(Scope, limit, new Amount(SpentTokens, SpentUsd), new Amount(ReservedTokens, ReservedUsd));

    public BudgetDay AsLastSeen => At(new DailyBudget(LimitTokens, LimitUsd));

    /// <summary>Whether more was wanted of it than it had.</summary>
    public bool IsUsedUp => Denied > 0 || AsLastSeen.IsOver;
}
