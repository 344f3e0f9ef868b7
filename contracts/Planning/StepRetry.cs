namespace LoopBus.Contracts.Planning;

/// <summary>How often a step is attempted in all, and the bounds of the full-jitter delay between attempts, in seconds.</summary>
public sealed record StepRetry(int Attempts = 3, double DelaySeconds = 1, double MaxDelaySeconds = 30);
