using System.Threading.Channels;

namespace LoopBus.Persistence.Outbox;

/// <summary>Wakes this process's relay: a row was written here, or another process said so.</summary>
internal sealed class OutboxWake(TimeProvider time)
{
    private readonly Channel<bool> signals = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    // While the relay is awake, a row that it may have missed wakes it again.
    private long sleepsUntil = long.MaxValue;

    public void Signal() => signals.Writer.TryWrite(true);

    /// <summary>Wakes the relay for a row, unless it looks before the row is due in any case.</summary>
    public void Signal(DateTimeOffset due)
    {
        if (due.UtcTicks < Volatile.Read(ref sleepsUntil))
            Signal();
    }

    /// <summary>Waits for a signal, at most this long.</summary>
    public async Task Wait(TimeSpan longest, CancellationToken cancellationToken)
    {
        using var timer = new CancellationTokenSource(longest, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, cancellationToken);
        Volatile.Write(ref sleepsUntil, (time.GetUtcNow() + longest).UtcTicks);
        try
        {
            await signals.Reader.ReadAsync(either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
        }
        finally
        {
            Volatile.Write(ref sleepsUntil, long.MaxValue);
        }
    }
}
