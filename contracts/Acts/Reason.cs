namespace LoopBus.Contracts.Acts;

/// <summary>Why an act was refused, rejected, failed or not understood: a stable <paramref name="Code"/> (kebab-case) for machines, a sentence for people.</summary>
public sealed record Reason(string Code, string Text, bool Retryable = false);
