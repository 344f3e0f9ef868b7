using Microsoft.EntityFrameworkCore;

namespace LoopBus.Executor.Ledger;

/// <summary>Commits rows of the ledger apart from any message: intents before a call, and outcomes between the steps of a segment.</summary>
internal sealed class LedgerCommits(IDbContextFactory<ExecutorDbContext> contexts)
{
    /// <returns>False, and nothing written, where another executor wrote one of the rows first.</returns>
    public async Task<bool> Commit(IReadOnlyList<EffectWrite> writes, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);

        foreach (var write in writes)
            write.AddTo(context);

        try
        {
            await context.SaveChangesAsync(cancellationToken);
            return true;
        }
        catch (DbUpdateConcurrencyException)
        {
            return false;
        }
        catch (DbUpdateException)
        {
            // Another executor was first, or the database is at fault.
            if (await Taken(context, writes, cancellationToken))
                return false;

            throw;
        }
    }

    private static Task<bool> Taken(ExecutorDbContext context, IReadOnlyList<EffectWrite> writes, CancellationToken cancellationToken)
    {
        var made = writes.Where(write => write.Seen is null).Select(write => write.Row.Key).ToArray();

        return context.Effects.AnyAsync(entry => made.Contains(entry.Key), cancellationToken);
    }
}
