using Microsoft.EntityFrameworkCore;

namespace LoopBus.Executor.FalsePositives;

/// <summary>Retention of what people rejected: after a long time a finding is shown again, for code and people change.</summary>
internal static class OldFalsePositives
{
    public static Task<int> Remove(IServiceProvider scope, DateTimeOffset before, int limit, CancellationToken cancellationToken) =>
        scope.GetRequiredService<ExecutorDbContext>().FalsePositives
            .Where(one => one.RejectedAt < before).OrderBy(one => one.RejectedAt).Take(limit).ExecuteDeleteAsync(cancellationToken);
}
