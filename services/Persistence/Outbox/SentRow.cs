using LoopBus.Persistence.Rows;

namespace LoopBus.Persistence.Outbox;

/// <summary>A row whose message the broker has confirmed, and what removes it.</summary>
internal readonly record struct SentRow((Guid UnitId, int Position) Key, RowWrite Removal);
