namespace LoopBus.Executor.FalsePositives;

/// <summary>A finding that people rejected, as tools hand it on.</summary>
internal sealed record KnownFinding(string Rule, string File, string Evidence);
