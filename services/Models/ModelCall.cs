namespace LoopBus.Models;

/// <summary>A row of the journal of model calls: the exact prompt, the exact answer, and what it took.</summary>
public sealed class ModelCall
{
    public required string Key { get; init; }

    public required string TaskId { get; init; }

    public required string Loop { get; init; }

    public required string Role { get; init; }

    public required string Endpoint { get; init; }

    public required string Model { get; init; }

    /// <summary>Messages and schema, as JSON.</summary>
    public required string Prompt { get; init; }

    public required string Answer { get; init; }

    public required string Finish { get; init; }

    public required long InputTokens { get; init; }

    public required long OutputTokens { get; init; }

    /// <summary>US dollars; null where the price was not known.</summary>
    public required decimal? Usd { get; init; }

    public required long LatencyMs { get; init; }

    public required DateTimeOffset CalledAt { get; init; }
}
