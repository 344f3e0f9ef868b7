namespace LoopBus.Executor.Tools;

/// <summary>A tool's failure: a kebab-case code, a sentence that says what to do, and whether another attempt may help.</summary>
internal sealed class ToolException(string code, string message, bool retryable = false, Exception? inner = null) : Exception(message, inner)
{
    public string Code { get; } = code;

    public bool Retryable { get; } = retryable;
}
