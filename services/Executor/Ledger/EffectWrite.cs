namespace LoopBus.Executor.Ledger;

/// <summary>A row of the ledger as it shall be; Seen is the fence that it must still have, or null where there must be no row yet.</summary>
internal sealed record EffectWrite(EffectEntry Row, long? Seen)
{
    public void AddTo(ExecutorDbContext context)
    {
        if (Seen is not { } fence)
        {
            context.Effects.Add(Row);
            return;
        }

        var entry = context.Effects.Update(Row);
        entry.Property(row => row.Fence).OriginalValue = fence;
    }
}
