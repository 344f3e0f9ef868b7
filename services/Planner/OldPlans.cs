using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace LoopBus.Planner;

/// <summary>Retention of the journal of plans.</summary>
internal static class OldPlans
{
    public static Task<int> Remove(IServiceProvider scope, DateTimeOffset before, int limit, CancellationToken cancellationToken) =>
        scope.GetRequiredService<PlannerDbContext>().Plans
            .Where(plan => plan.MadeAt < before).OrderBy(plan => plan.MadeAt).Take(limit).ExecuteDeleteAsync(cancellationToken);
}
