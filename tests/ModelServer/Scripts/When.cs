namespace LoopBus.ModelServer.Scripts;

/// <summary>The calls that a rule is for: all that is said here must hold.</summary>
public sealed record When
{
    /// <summary>The path, such as <c>/v1/embeddings</c>; rules without one are for chats alone.</summary>
    public string? Path { get; init; }

    public string? Model { get; init; }

    /// <summary>Texts, each of which some message contains.</summary>
    public IReadOnlyList<string> Contains { get; init; } = [];

    /// <summary>Texts that the last message contains.</summary>
    public IReadOnlyList<string> Last { get; init; } = [];

    /// <summary>A regular expression that a message matches, looked for from the last to the first; replies copy its groups by <c>${name}</c>.</summary>
    public string? Matches { get; init; }

    /// <summary>Headers with their values; <c>*</c> is any value.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    /// <summary>Only the nth call for which the rest holds, from 1.</summary>
    public int? Call { get; init; }
}
