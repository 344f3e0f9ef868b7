namespace LoopBus.Planner.Memories;

/// <summary>Memories of a scope, the newest first.</summary>
internal sealed record MemoryPage(IReadOnlyList<MemoryView> Memories);
