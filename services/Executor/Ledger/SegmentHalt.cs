namespace LoopBus.Executor.Ledger;

/// <summary>A segment, by its conversation, of which no further step may begin.</summary>
internal sealed class SegmentHalt
{
    public required Guid ConversationId { get; init; }

    public required string TaskId { get; init; }

    public string? Reason { get; init; }

    public DateTimeOffset HaltedAt { get; init; }
}
