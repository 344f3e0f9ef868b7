namespace LoopBus.Persistence.Rows;

/// <summary>What a write expects of its row: to be as it was seen, or not to be there (<paramref name="Was"/> is null).</summary>
internal readonly record struct RowGuard(RowKey Key, object? Was);
