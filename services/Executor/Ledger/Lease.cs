namespace LoopBus.Executor.Ledger;

/// <summary>The right to call one effect's tool, kept by a heartbeat; given back at once where the work ended without an outcome.</summary>
internal sealed class Lease(EffectEntry row, Func<Lease, Task> beat, Func<Lease, Task> release) : IAsyncDisposable
{
    private readonly CancellationTokenSource _over = new();
    private readonly CancellationTokenSource _lost = new();
    private Task _beating = Task.CompletedTask;
    private bool _settled;

    public EffectEntry Row => row;

    public string Key => row.Key;

    /// <summary>The claim's own, whatever becomes of the row.</summary>
    public long Fence { get; } = row.Fence;

    /// <summary>Cancelled when nobody may rely on the claim any more.</summary>
    public CancellationToken Lost => _lost.Token;

    public CancellationToken Over => _over.Token;

    public Lease Begin()
    {
        _beating = beat(this);
        return this;
    }

    public void Lose() => _lost.Cancel();

    /// <summary>Says that an outcome is on its way to the ledger: the claim is kept until that is committed, or runs out.</summary>
    public void Settled() => _settled = true;

    public async ValueTask DisposeAsync()
    {
        await _over.CancelAsync();
        await _beating;

        if (!_settled)
            await release(this);

        _over.Dispose();
        _lost.Dispose();
    }
}
