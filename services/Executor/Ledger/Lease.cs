using LoopBus.Executor.Tools;

namespace LoopBus.Executor.Ledger;

/// <summary>The right to call one effect's tool, kept by a heartbeat; given back at once where the work ended without an outcome.</summary>
internal sealed class Lease(EffectEntry row, TimeSpan length, TimeProvider time, Func<Lease, Task> beat, Func<Lease, Task> release) : IAsyncDisposable
{
    // It began when the row was made, however long this process stood still since.
    private long _renewed = row.MadeAt;
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

    /// <summary>By this process's own clock, which goes on while the process stands still.</summary>
    public bool HasRunOut => Left == TimeSpan.Zero;

    /// <summary>How long it holds still, by the same clock; zero where it has run out.</summary>
    public TimeSpan Left => length - time.GetElapsedTime(Volatile.Read(ref _renewed)) is { Ticks: > 0 } left ? left : TimeSpan.Zero;

    /// <summary>The last look before a call: a process that stood still may not know yet that another has taken over.</summary>
    /// <exception cref="ToolException">The lease has run out; the tool is not called.</exception>
    public void Require()
    {
        if (HasRunOut || _lost.IsCancellationRequested)
            throw new ToolException("lease-lost", $"This executor stood still for longer than its lease on {row.Tool} of {row.TaskId}: the call was not made.", retryable: true);
    }

    /// <param name="asked">The timestamp before the ledger was asked.</param>
    public void Renewed(long asked) => Volatile.Write(ref _renewed, asked);

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
