using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace LoopBus.Executor.Ledger;

/// <summary>Retention of the ledger: effects that are settled, and halts. What is in doubt stays.</summary>
internal static class OldEffects
{
    public static Task<int> RemoveEffects(IServiceProvider scope, DateTimeOffset before, int limit, CancellationToken cancellationToken) =>
        scope.GetRequiredService<ExecutorDbContext>().Effects
            .Where(effect => effect.IntendedAt < before && effect.SettledAt < before && (effect.State == EffectState.Done || effect.State == EffectState.Failed))
            .OrderBy(effect => effect.IntendedAt).Take(limit).ExecuteDeleteAsync(cancellationToken);

    public static Task<int> RemoveHalts(IServiceProvider scope, DateTimeOffset before, int limit, CancellationToken cancellationToken) =>
        scope.GetRequiredService<ExecutorDbContext>().Halts
            .Where(halt => halt.HaltedAt < before).OrderBy(halt => halt.HaltedAt).Take(limit).ExecuteDeleteAsync(cancellationToken);
}
