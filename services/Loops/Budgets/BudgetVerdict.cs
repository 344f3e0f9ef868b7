namespace LoopBus.Loops.Budgets;

/// <summary>Whether a question may be asked of a model today.</summary>
public abstract record BudgetVerdict
{
    /// <summary>It may take so much, which is to be reserved; Cut is the scope that did not have all that was wanted.</summary>
    public sealed record Take(Amount Amount, string? Cut = null) : BudgetVerdict;

    /// <summary>What is left is reserved by others, and may come free: ask again.</summary>
    public sealed record Wait(BudgetDay For) : BudgetVerdict;

    /// <summary>No more today.</summary>
    public sealed record Deny(BudgetDay By) : BudgetVerdict;
}
