using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace LoopBus.Executor.Ledger;

/// <summary>Renews leases three times in their length, so that another executor takes over soon after a death and never during a long call.</summary>
internal sealed class LeaseKeeper(IDbContextFactory<ExecutorDbContext> contexts, IOptions<ExecutorOptions> options, TimeProvider time, ILogger<LeaseKeeper> logger)
{
    /// <param name="row">The row as it was claimed.</param>
    public Lease Keep(EffectEntry row) => new Lease(row, Length, time, Beat, Release).Begin();

    private TimeSpan Length => TimeSpan.FromSeconds(options.Value.LeaseSeconds);

    private async Task Beat(Lease lease)
    {
        while (await Pause(Length / 3, lease.Over))
        {
            try
            {
                var asked = time.GetTimestamp();
                // An answer that does not come is none. After a standstill one more try: perhaps nobody has it yet.
                using var left = new CancellationTokenSource(lease.HasRunOut ? Length / 3 : lease.Left, time);
                using var stop = CancellationTokenSource.CreateLinkedTokenSource(lease.Over, left.Token);
                if (await Extend(lease, options.Value.LeaseSeconds, stop.Token) == 0)
                {
                    lease.Lose();
                    return;
                }

                lease.Renewed(asked);
            }
            catch (Exception exception) when (!lease.Over.IsCancellationRequested)
            {
                ExecutorLog.LeaseNotRenewed(logger, exception, lease.Key);

                if (lease.HasRunOut)
                    lease.Lose();
            }
            catch (Exception)
            {
                return;
            }
        }
    }

    private async Task Release(Lease lease)
    {
        try
        {
            await Extend(lease, 0, CancellationToken.None);
        }
        catch (Exception exception)
        {
            // The lease runs out by itself, only later.
            ExecutorLog.LeaseNotRenewed(logger, exception, lease.Key);
        }
    }

    private async Task<int> Extend(Lease lease, double seconds, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);

        return await context.Effects
            .Where(entry => entry.Key == lease.Key && entry.Fence == lease.Fence)
            .ExecuteUpdateAsync(set => set.SetProperty(entry => entry.LeasedUntil, DatabaseClock.In(seconds)), cancellationToken);
    }

    private async Task<bool> Pause(TimeSpan length, CancellationToken cancellationToken)
    {
        // It almost always ends early: an exception would be the dearest part of a short call.
        await Task.Delay(length, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

        return !cancellationToken.IsCancellationRequested;
    }
}
