namespace LoopBus.Contracts.Critique;

/// <summary>The critic tells the coordinator whether a result holds, and why (inform).</summary>
public sealed record Verdict(
    string TaskId,
    string Subject,
    int Attempt,
    bool Holds,
    IReadOnlyList<Evidence> Evidence);
