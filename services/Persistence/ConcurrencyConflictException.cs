namespace LoopBus.Persistence;

/// <summary>Another message changed the same saga or row first: nothing was written, and running the message again in a fresh scope is right.</summary>
public sealed class ConcurrencyConflictException : Exception
{
    public ConcurrencyConflictException()
    {
    }

    public ConcurrencyConflictException(string message)
        : base(message)
    {
    }

    public ConcurrencyConflictException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
