using System.Collections.Concurrent;
using LoopBus.Contracts.Planning;
using LoopBus.Contracts.Runs;
using LoopBus.Coordinator.Overload;
using LoopBus.Coordinator.Registry;
using LoopBus.Loops;
using LoopBus.Loops.Budgets;
using Microsoft.Extensions.Options;

namespace LoopBus.Coordinator.Budgets;

/// <summary>
/// The day's budgets as they were read a moment ago: whether a new run can launch. It costs no statement; <see cref="BudgetGauge"/> reads in the background. Who
/// slips through in between is told by the reservation itself.
/// </summary>
internal sealed class DayBudgets(LoopRegistry loops, BudgetMetrics metrics, TimeProvider time, IOptions<CoordinatorOptions> options)
{
    private readonly ConcurrentDictionary<(string Scope, DateOnly Day), int> refused = [];
    private volatile IReadOnlyDictionary<string, BudgetRow> rows = new Dictionary<string, BudgetRow>();

    /// <summary>Whether any run may have a budget: else nothing is read.</summary>
    public bool Exist => options.Value.Tenants.Count > 0 || loops.All.Any(loop => loop.Budget is not null);

    public void Seen(IEnumerable<BudgetRow> today) => rows = today.ToDictionary(row => row.Scope);

    /// <summary>How many triggers each budget has had nothing for since this was asked last.</summary>
    public IReadOnlyList<(string Scope, DateOnly Day, int Count)> TakeRefused() =>
        [.. refused.Keys.Select(key => (key.Scope, key.Day, refused.TryRemove(key, out var count) ? count : 0)).Where(taken => taken.Item3 > 0)];

    public bool CanLaunch(RunLoop trigger) => SpentFor(trigger, BudgetRules.DayOf(time.GetUtcNow())) is null;

    /// <summary>Why the trigger's run can not launch today; null where it can, or asks no models.</summary>
    public Refusal? Refusal(RunLoop trigger)
    {
        var now = time.GetUtcNow();
        var day = BudgetRules.DayOf(now);
        if (SpentFor(trigger, day) is not { } spent)
            return null;

        refused.AddOrUpdate((spent.Scope, day), 1, (_, count) => count + 1);
        metrics.Denied(spent.Scope);
        var renewed = BudgetRules.RenewedAt(day);

        return new Refusal(Overload.Refusal.Spent, $"The day's budget is spent: {BudgetText.Of(spent)}. It is renewed at {renewed:yyyy-MM-dd HH:mm} UTC.", renewed - now);
    }

    private BudgetDay? SpentFor(RunLoop trigger, DateOnly day)
    {
        var seen = rows;
        if (seen.Count == 0 || loops.Current(trigger.TaskType) is not { } loop || !AsksModels(loop))
            return null;

        return BudgetScope.Of(loop, trigger, options.Value)
            .Where(scope => seen.TryGetValue(scope.Name, out var row) && row.Day == day)
            .Select(scope => seen[scope.Name].At(scope.Limit))
            .FirstOrDefault(IsSpent);
    }

    // What is reserved may come free: only what was spent counts here.
    private bool IsSpent(BudgetDay budget) => !budget.MayCome.Covers(new Amount(
        budget.Limit.Tokens is null ? 0 : options.Value.LeastTokens,
        budget.Limit.Usd is null ? 0 : options.Value.LeastUsd));

    private static bool AsksModels(LoopDefinition loop) =>
        loop.Planner == LoopDefinition.Model || loop.Verification.Any(IsJudged) || loop.Steps.Any(step => step.Verify?.Any(IsJudged) == true);

    private static bool IsJudged(Check check) => CheckKinds.Judged.Contains(check.Kind);
}
