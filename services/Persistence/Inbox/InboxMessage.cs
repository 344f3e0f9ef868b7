namespace LoopBus.Persistence.Inbox;

/// <summary>A message that a queue's consumers have handled, and the unit of work it was handled in.</summary>
internal sealed class InboxMessage
{
    public required Guid MessageId { get; init; }
    public required string Queue { get; init; }
    public required Guid UnitId { get; init; }
    public required DateTimeOffset ConsumedAt { get; init; }
}
