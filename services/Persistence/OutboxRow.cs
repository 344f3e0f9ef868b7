namespace LoopBus.Persistence;

/// <summary>Names a message in the outbox: the unit of work that said it, and its place there.</summary>
public sealed record OutboxRow(Guid UnitId, int Position);
