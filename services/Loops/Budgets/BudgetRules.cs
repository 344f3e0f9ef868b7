namespace LoopBus.Loops.Budgets;

/// <summary>The rules of day budgets: pure functions.</summary>
public static class BudgetRules
{
    /// <summary>On how many days in a row a budget is used up before somebody should think the loop over.</summary>
    public const int FlaggedAfter = 3;

    /// <summary>Decides on one question: all that is wanted where each budget has it; else it waits, while it may, for what others have reserved; else it takes what is left, or nothing where that is too little.</summary>
    public static BudgetVerdict Decide(IReadOnlyList<BudgetDay> days, Amount wanted, Amount least, bool mayWait)
    {
        ArgumentNullException.ThrowIfNull(days);
        least = least.AtMost(wanted);

        if (days.FirstOrDefault(day => !day.MayCome.Covers(least)) is { } spent)
            return new BudgetVerdict.Deny(spent);
        if (days.FirstOrDefault(day => !day.Left.Covers(wanted)) is not { } tight)
            return new BudgetVerdict.Take(wanted);
        if (mayWait && days.FirstOrDefault(day => !day.Left.Covers(wanted) && day.MayCome != day.Left) is { } busy)
            return new BudgetVerdict.Wait(busy);
        if (days.FirstOrDefault(day => !day.Left.Covers(least)) is { } reserved)
            return new BudgetVerdict.Deny(reserved);

        return new BudgetVerdict.Take(days.Aggregate(wanted, (left, day) => left.AtMost(day.Left)), tight.Scope);
    }

    /// <summary>Whether this day ends a row of days, none left out, on each of which the budget was used up.</summary>
    public static bool IsFlagged(DateOnly day, IEnumerable<DateOnly> usedUp)
    {
        var days = usedUp.ToHashSet();

        return Enumerable.Range(0, FlaggedAfter).All(back => days.Contains(day.AddDays(-back)));
    }

    /// <summary>When the day's budgets are new: at midnight, UTC.</summary>
    public static DateTimeOffset RenewedAt(DateOnly day) => new(day.AddDays(1).ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);

    public static DateOnly DayOf(DateTimeOffset at) => DateOnly.FromDateTime(at.UtcDateTime);
}
