namespace LoopBus.Planner.Memories;

/// <summary>Something that a run learned, as later runs of its scope are told it. The newest value of a key counts; older ones stay, superseded.</summary>
internal sealed class Memory
{
    /// <summary>Made of scope, kind, key and text: the same word by another run is the same memory.</summary>
    public required string Id { get; init; }

    public required string Scope { get; init; }

    /// <summary>One of <see cref="MemoryKind"/>.</summary>
    public required string Kind { get; init; }

    /// <summary>What it is about; empty where it has no key, and is superseded by nothing.</summary>
    public required string Key { get; init; }

    public required string Text { get; init; }

    /// <summary>The words of key and text, each once, as they are searched.</summary>
    public required string Words { get; init; }

    /// <summary>The run that said so last, its loop and version, where in it, and who.</summary>
    public required string TaskId { get; set; }

    /// <inheritdoc cref="TaskId"/>
    public required string Loop { get; set; }

    /// <inheritdoc cref="TaskId"/>
    public required string Source { get; set; }

    /// <inheritdoc cref="TaskId"/>
    public required string By { get; set; }

    /// <summary>When the run that said so last had ended.</summary>
    public required DateTimeOffset LearnedAt { get; set; }

    /// <summary>When it was recalled last, or learned: what is not used is forgotten first.</summary>
    public required DateTimeOffset UsedAt { get; set; }

    public int Recalled { get; set; }

    /// <summary>Its vector, in floats of four bytes; null where no model made one.</summary>
    public byte[]? Embedding { get; set; }

    public string? EmbeddingModel { get; set; }
}
