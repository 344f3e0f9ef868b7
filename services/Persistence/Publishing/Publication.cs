namespace LoopBus.Persistence.Publishing;

/// <summary>One message on its way to the broker's confirm.</summary>
internal sealed class Publication(AmqpMessage message, ReadOnlyMemory<byte> body, TimeSpan? timeToLive)
{
    private readonly TaskCompletionSource confirmed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile bool abandoned;
    private volatile Action? carrier;

    public AmqpMessage Message => message;

    public ReadOnlyMemory<byte> Body => body;

    public TimeSpan? TimeToLive => timeToLive;

    /// <summary>Ends when the broker has taken the message over, or fails with what kept it from that.</summary>
    public Task Confirmed => confirmed.Task;

    /// <summary>Takes it up; <paramref name="onAbandon"/> hears when nobody waits for it any more. False where that is so already.</summary>
    public bool Begin(Action onAbandon)
    {
        carrier = onAbandon;
        return !abandoned;
    }

    /// <summary>Nobody waits any longer: where it is not settled yet, it need not go out, and whoever was about to send it takes too long.</summary>
    public void Abandon()
    {
        if (confirmed.Task.IsCompleted)
            return;
        abandoned = true;
        carrier?.Invoke();
    }

    public void Confirm() => confirmed.TrySetResult();

    public void Fail(Exception exception)
    {
        if (confirmed.TrySetException(exception))
            _ = confirmed.Task.Exception; // observed: who has abandoned it does not look
    }
}
