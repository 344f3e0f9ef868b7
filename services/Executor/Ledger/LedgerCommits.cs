using LoopBus.Persistence;

namespace LoopBus.Executor.Ledger;

/// <summary>Commits rows of the ledger apart from any message: intents before a call, and outcomes between the steps of a segment.</summary>
internal sealed class LedgerCommits(IRows rows)
{
    /// <returns>False, and nothing written, where another executor wrote one of the rows first.</returns>
    public Task<bool> Commit(IReadOnlyList<EffectWrite> writes, CancellationToken cancellationToken) =>
        rows.Commit(
            transaction =>
            {
                foreach (var write in writes)
                    write.AddTo(transaction);
            },
            cancellationToken);
}
