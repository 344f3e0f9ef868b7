namespace LoopBus.Contracts.Planning;

/// <summary>The exact version of a loop that a run is pinned to; Hash is the sha256 of its definition.</summary>
public sealed record LoopVersion(string Name, string Version, string Hash);
