using System.Diagnostics.Metrics;

namespace LoopBus.Coordinator.Budgets;

/// <summary>What day budgets count and show, in meter LoopBus.Coordinator.</summary>
internal sealed class BudgetMetrics
{
    private readonly Counter<long> denied;
    private readonly Counter<long> flagged;

    public BudgetMetrics(IMeterFactory meters)
    {
        var meter = meters.Create("LoopBus.Coordinator");
        denied = meter.CreateCounter<long>("loopbus.budgets.denied", "{question}", "Questions and triggers that a day's budget had nothing left for, by scope");
        flagged = meter.CreateCounter<long>("loopbus.budgets.flagged", "{day}", "Days that end three in a row on which a budget was used up, by scope");
    }

    public void Denied(string scope) => denied.Add(1, new KeyValuePair<string, object?>("scope", scope));

    public void Flagged(string scope) => flagged.Add(1, new KeyValuePair<string, object?>("scope", scope));
}
