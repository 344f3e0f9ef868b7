using LoopBus.Persistence;

namespace LoopBus.Executor.Ledger;

/// <summary>A row of the ledger as it shall be; Seen is the fence that it must still have, or null where there must be no row yet.</summary>
internal sealed record EffectWrite(EffectEntry Row, long? Seen)
{
    public void AddTo(IRowWrites rows)
    {
        if (Seen is { } fence)
            rows.Update(Row, fence);
        else
            rows.Insert(Row);
    }
}
