namespace LoopBus.Executor.Tools;

/// <summary>A tool's failure: a kebab-case code, a sentence that says what to do, and whether another attempt may help.</summary>
internal sealed class ToolException(string code, string message, bool retryable = false, Exception? inner = null) : Exception(message, inner)
{
    public string Code { get; } = code;

    public bool Retryable { get; } = retryable;

    /// <summary>True where the effect may have happened all the same; such a call is never repeated unasked.</summary>
    public bool OutcomeUnknown { get; init; }

    /// <summary>True where the far side or the way to it is at fault: only such failures are retried here and open the breaker.</summary>
    public bool Infrastructure { get; init; }
}
