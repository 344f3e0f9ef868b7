using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace LoopBus.Critic;

/// <summary>Retention of the journal of verdicts.</summary>
internal static class OldVerdicts
{
    public static Task<int> Remove(IServiceProvider scope, DateTimeOffset before, int limit, CancellationToken cancellationToken) =>
        scope.GetRequiredService<CriticDbContext>().Verdicts
            .Where(verdict => verdict.JudgedAt < before).OrderBy(verdict => verdict.JudgedAt).Take(limit).ExecuteDeleteAsync(cancellationToken);
}
