namespace LoopBus.Persistence.Rows;

/// <summary>One row of one table, by its key.</summary>
internal readonly record struct RowKey(object Table, object Value)
{
    /// <summary>One value itself, several as nested pairs: equal and in order where all of them are.</summary>
    public static object ValueOf(ReadOnlySpan<object?> values) => values.Length == 1 ? values[0] ?? DBNull.Value : (values[0], ValueOf(values[1..]));
}
