using System.Threading.Channels;

namespace LoopBus.Persistence.Outbox;

/// <summary>Wakes this process's relay: a row was written here, or another process said so.</summary>
internal sealed class OutboxWake(TimeProvider time)
{
    private readonly Channel<bool> signals = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    public void Signal() => signals.Writer.TryWrite(true);

    /// <summary>Waits for a signal, at most this long.</summary>
    public async Task Wait(TimeSpan longest, CancellationToken cancellationToken)
    {
        using var timer = new CancellationTokenSource(longest, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, cancellationToken);
        try
        {
            await signals.Reader.ReadAsync(either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
        }
    }
}
