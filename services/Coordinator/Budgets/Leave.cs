using LoopBus.Contracts.Planning;

namespace LoopBus.Coordinator.Budgets;

/// <summary>A service may be asked for something that asks models, which may take so much by then; null where nothing bounds it.</summary>
internal sealed record Leave(Spent? Allowance)
{
    public static Leave Unbounded { get; } = new(Allowance: null);
}
