namespace LoopBus.Coordinator.Runs;

/// <summary>A conversation that the coordinator began: its protocol, what it is about, and the acts said in it so far.</summary>
internal sealed class Conversation
{
    public required Guid Id { get; init; }

    public required string Protocol { get; init; }

    public required Topic Topic { get; init; }

    public required string Subject { get; init; }

    public required List<string> Said { get; init; }

    public bool Open { get; set; } = true;

    /// <summary>Its reply-by has passed; the first answer still counts.</summary>
    public bool Overdue { get; set; }

    /// <summary>Why the coordinator escalated; only on the topic escalation.</summary>
    public string? Kind { get; init; }

    public DateTimeOffset? ReplyBy { get; init; }
}
