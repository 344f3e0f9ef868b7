namespace LoopBus.Loops.Budgets;

/// <summary>How the budget of a loop or of a tenant stands on a day: what was spent, and what is reserved for questions whose answers are on their way.</summary>
public sealed record BudgetDay(string Scope, DailyBudget Limit, Amount Spent, Amount Reserved)
{
    // Far beyond any price and any day; a sum of several is no overflow.
    private static readonly Amount Unbounded = new(long.MaxValue / 4, decimal.MaxValue / 4);

    /// <summary>What may still be reserved.</summary>
    public Amount Left => MayCome - Reserved;

    /// <summary>What may still be reserved if nothing comes of all that is reserved now.</summary>
    public Amount MayCome => Bound - Spent;

    /// <summary>Whether more was spent than the day has: answers took more than was thought.</summary>
    public bool IsOver => !Bound.Covers(Spent);

    private Amount Bound => new(Limit.Tokens ?? Unbounded.Tokens, Limit.Usd ?? Unbounded.Usd);
}
