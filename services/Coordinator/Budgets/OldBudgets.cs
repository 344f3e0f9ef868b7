using LoopBus.Loops.Budgets;
using Microsoft.EntityFrameworkCore;

namespace LoopBus.Coordinator.Budgets;

/// <summary>Retention of the budgets of past days.</summary>
internal static class OldBudgets
{
    public static async Task<int> Remove(IServiceProvider scope, DateTimeOffset before, int limit, CancellationToken cancellationToken)
    {
        var database = scope.GetRequiredService<CoordinatorDbContext>();
        var day = BudgetRules.DayOf(before);
        var old = await database.Budgets.AsNoTracking().Where(row => row.Day < day).OrderBy(row => row.Day).Select(row => (DateOnly?)row.Day).FirstOrDefaultAsync(cancellationToken);

        // A day at a time: there are few rows in one.
        return old is not { } oldest ? 0 : Math.Min(limit, await database.Budgets.Where(row => row.Day == oldest).ExecuteDeleteAsync(cancellationToken));
    }
}
