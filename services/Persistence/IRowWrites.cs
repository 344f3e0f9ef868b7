namespace LoopBus.Persistence;

/// <summary>
/// Rows for one transaction, which it shares with other messages. The types are mapped in the service's DbContext, which need not be made: nothing is tracked,
/// columns and converters are the model's, and what the database generates is not read back. Their values are taken at the commit.
/// </summary>
public interface IRowWrites
{
    /// <summary>A new row; a key that is there already is the database's error.</summary>
    void Append<T>(T row)
        where T : class;

    /// <summary>A new row, whose key must not be there: else another was first.</summary>
    void Insert<T>(T row)
        where T : class;

    /// <summary>Changes a row that was read untracked; at the commit it must be as it was before this call, by its concurrency tokens: else another was first.</summary>
    void Change<T>(T row, Action<T> change)
        where T : class;

    /// <summary>Writes a row that is changed already; <paramref name="was"/> is what its concurrency tokens must be at the commit, in the model's order.</summary>
    void Update<T>(T row, params object?[] was)
        where T : class;
}
