namespace LoopBus.Contracts.Planning;

/// <summary>How a loop's invariant stands in a run after its last observation. Relaxed: people let this run break it.</summary>
public sealed record InvariantStatus(string Name, bool Holds, string Text, bool Relaxed = false);
