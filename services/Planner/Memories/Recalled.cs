namespace LoopBus.Planner.Memories;

/// <summary>A memory as a decision was shown it, with where it is from.</summary>
internal sealed record Recalled(string Id, string Kind, string Key, string Text, string TaskId, string Loop, string Source, string By, DateTimeOffset LearnedAt, double Relevance)
{
    public static Recalled Of(Memory memory, double relevance) => new(
        memory.Id, memory.Kind, memory.Key, memory.Text, memory.TaskId, memory.Loop, memory.Source, memory.By, memory.LearnedAt, Math.Round(relevance, 2));
}
