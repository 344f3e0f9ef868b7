namespace LoopBus.Critic;

/// <summary>A check could not be done now, by no fault of the result: another attempt may help.</summary>
internal sealed class CritiqueException(string code, string message, Exception inner) : Exception(message, inner)
{
    public string Code { get; } = code;
}
