namespace LoopBus.Planner.Memories;

/// <summary>What a memory is: something that was so, something to do otherwise, or what people decided.</summary>
internal static class MemoryKind
{
    public const string Fact = "fact";
    public const string Lesson = "lesson";
    public const string Decision = "decision";
}
