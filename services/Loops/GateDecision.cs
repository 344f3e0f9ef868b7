namespace LoopBus.Loops;

/// <summary>Whether people must accept an action before it runs, and how many of them.</summary>
public sealed record GateDecision(bool Required, int Quorum);
