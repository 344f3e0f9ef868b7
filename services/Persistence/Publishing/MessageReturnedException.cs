namespace LoopBus.Persistence.Publishing;

/// <summary>The broker has no queue for a message that must reach one, or its queue is full.</summary>
internal sealed class MessageReturnedException : Exception
{
    public MessageReturnedException()
    {
    }

    public MessageReturnedException(string message)
        : base(message)
    {
    }

    public MessageReturnedException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
