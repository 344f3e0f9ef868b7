using LoopBus.Contracts.Execution;

namespace LoopBus.Loops.Tools;

/// <summary>What one call of a tool does to the world, as its descriptor declares it.</summary>
public sealed record DeclaredEffect(Effect Effect, BlastRadius BlastRadius);
