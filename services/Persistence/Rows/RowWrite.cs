namespace LoopBus.Persistence.Rows;

/// <summary>
/// One row to be written at the commit, its values taken already. With a guard it must affect its row, else its unit of work fails with
/// <paramref name="Conflict"/>; the statement gives <paramref name="Identity"/> back where it did.
/// </summary>
internal sealed record RowWrite(RowStatement Statement, object?[] Values, RowGuard? Guard = null, object? Identity = null, string? Conflict = null);
