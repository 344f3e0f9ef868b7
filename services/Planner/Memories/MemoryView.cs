namespace LoopBus.Planner.Memories;

/// <summary>A memory as people are shown it; superseded where its key has a newer value.</summary>
internal sealed record MemoryView(
    string Id, string Scope, string Kind, string Key, string Text, string TaskId, string Loop, string Source, string By, DateTimeOffset LearnedAt, DateTimeOffset UsedAt, int Recalled, bool Superseded)
{
    public static MemoryView Of(Memory memory, bool superseded) => new(
        memory.Id, memory.Scope, memory.Kind, memory.Key, memory.Text, memory.TaskId, memory.Loop, memory.Source, memory.By, memory.LearnedAt, memory.UsedAt, memory.Recalled, superseded);
}
