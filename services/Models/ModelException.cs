using LoopBus.Contracts.Acts;

namespace LoopBus.Models;

/// <summary>No model answered, or none may be asked; the reason says why and what to do.</summary>
public sealed class ModelException(Reason reason, Exception? inner = null) : Exception(reason.Text, inner)
{
    public Reason Reason => reason;

    /// <summary>One with its reason in parts.</summary>
    public static ModelException Of(string code, string text, bool retryable, Exception? inner = null) => new(new Reason(code, text, retryable), inner);
}
