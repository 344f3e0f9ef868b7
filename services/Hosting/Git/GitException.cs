namespace LoopBus.Hosting.Git;

/// <summary>What git could not do: a kebab-case code, a sentence that says what to do, and whether another attempt may help.</summary>
public sealed class GitException(string code, string message, bool retryable = false, Exception? inner = null) : Exception(message, inner)
{
    public string Code { get; } = code;

    public bool Retryable { get; } = retryable;
}
