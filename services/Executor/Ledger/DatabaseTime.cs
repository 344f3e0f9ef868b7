using LoopBus.Persistence;
using Microsoft.EntityFrameworkCore;

namespace LoopBus.Executor.Ledger;

/// <summary>The database's clock, read now and then and followed in between by this process's steady one: the time that leases begin with.</summary>
internal sealed class DatabaseTime(IDbContextFactory<ExecutorDbContext> contexts, TimeProvider time)
{
    private static readonly TimeSpan Freshness = TimeSpan.FromMinutes(1);

    private volatile Reading? _latest;

    public async ValueTask<DateTimeOffset> Now(CancellationToken cancellationToken)
    {
        if (_latest is { } latest && time.GetElapsedTime(latest.Timestamp) is var age && age < Freshness)
            return latest.At + age;

        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        // Taken before the question: what is told may be late, never early, so a lease is never longer than it says.
        var timestamp = time.GetTimestamp();
        var at = await context.Database.Now(cancellationToken);
        _latest = new Reading(at, timestamp);

        return at + time.GetElapsedTime(timestamp);
    }

    private sealed record Reading(DateTimeOffset At, long Timestamp);
}
