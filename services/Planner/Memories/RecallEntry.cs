namespace LoopBus.Planner.Memories;

/// <summary>What a decision recalled, word for word: kept before its prompt is written, so that the same request has the same prompt, whatever is learned meanwhile.</summary>
internal sealed class RecallEntry
{
    /// <summary>Made of task and attempt.</summary>
    public required string Key { get; init; }

    public required string TaskId { get; init; }

    public required string Scope { get; init; }

    /// <summary>A list of <see cref="Memories.Recalled"/> as JSON; it may be empty.</summary>
    public required string Memories { get; init; }

    public required DateTimeOffset RecalledAt { get; init; }
}
