using System.Linq.Expressions;

namespace LoopBus.Executor.Ledger;

/// <summary>Leases run by the database's clock, the only one that all executors share; these expressions are translated, never run here.</summary>
internal static class DatabaseClock
{
#pragma warning disable RS0030 // Translated to SQL (now(), sysdatetimeoffset()): this process's clock is not read.
    public static readonly Expression<Func<EffectEntry, bool>> LeaseIsOver = entry => entry.LeasedUntil == null || entry.LeasedUntil < DateTimeOffset.UtcNow;

    public static Expression<Func<EffectEntry, DateTimeOffset?>> In(double seconds) => entry => DateTimeOffset.UtcNow.AddSeconds(seconds);
#pragma warning restore RS0030
}
