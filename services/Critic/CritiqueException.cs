namespace LoopBus.Critic;

/// <summary>A check could not be done, by no fault of the result; where it is retryable, another attempt may help.</summary>
internal sealed class CritiqueException(string code, string message, Exception? inner = null, bool retryable = true) : Exception(message, inner)
{
    public string Code { get; } = code;

    public bool Retryable { get; } = retryable;
}
