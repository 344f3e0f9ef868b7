namespace LoopBus.ModelServer.Calls;

/// <summary>One call as the journal keeps it; no key is in it.</summary>
public sealed record Call
{
    /// <summary>The place in the order of calls, from 1.</summary>
    public long Number { get; init; }

    public required DateTimeOffset At { get; init; }

    public required string Path { get; init; }

    public string? Model { get; init; }

    /// <summary>Whose key came with it; null where it was nobody's.</summary>
    public string? Owner { get; init; }

    public bool Stream { get; init; }

    public IReadOnlyList<Message> Messages { get; init; } = [];

    /// <summary>The names of the tools that were offered.</summary>
    public IReadOnlyList<string> Tools { get; init; } = [];

    /// <summary>The headers but those with credentials.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    public string? IdempotencyKey { get; init; }

    /// <summary>The rule that answered; null where none did.</summary>
    public string? Rule { get; init; }

    /// <summary>The status of the answer; null as long as none was given.</summary>
    public int? Status { get; init; }

    public Ending Ending { get; init; }

    public int InputTokens { get; init; }

    public int OutputTokens { get; init; }

    public bool Says(string text) => Messages.Any(message => message.Text.Contains(text, StringComparison.Ordinal));

    internal long Characters => Messages.Sum(message => (long)message.Text.Length);
}
