namespace LoopBus.Coordinator.History;

/// <summary>One act that the coordinator heard (in) or said (out): append-only, with its payload as JSON.</summary>
internal sealed class HistoryEntry
{
    public long Id { get; init; }

    public required string TaskId { get; init; }

    public required DateTimeOffset At { get; init; }

    public required string Direction { get; init; }

    public required string Performative { get; init; }

    public required string Content { get; init; }

    public string? Protocol { get; init; }

    public Guid? ConversationId { get; init; }

    public Guid? MessageId { get; init; }

    public string? InReplyTo { get; init; }

    public string? Sender { get; init; }

    public string? Receiver { get; init; }

    public required string Payload { get; init; }
}
