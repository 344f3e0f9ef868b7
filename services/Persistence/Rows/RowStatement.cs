using System.Data.Common;
using LoopBus.Persistence.Database;

namespace LoopBus.Persistence.Rows;

/// <summary>One statement over rows of one table; in a batch it takes many rows at once where the database takes arrays.</summary>
internal sealed class RowStatement(IDialect dialect, string order, string sql, IReadOnlyList<RowParameter> parameters, bool returns)
{
    private string? each;
    private string? within;

    /// <summary>Every transaction writes in this order, so that two of them do not wait for each other.</summary>
    public string Order => order;

    public string Sql => sql;

    public string SqlInTransaction => within ??= dialect.InTransaction(sql);

    /// <summary>Whether it gives back the key of each row that it wrote, or read.</summary>
    public bool Returns => returns && dialect.TakesArrays;

    /// <summary>Adds the rows; returns what was added, as many commands as the database needs.</summary>
    /// <param name="all">Whether the database is to refuse the statement where it would not write each of them.</param>
    public List<DbBatchCommand> AddTo(DbBatch batch, DbCommand maker, IReadOnlyList<object?[]> rows, bool all = false)
    {
        var commands = new List<DbBatchCommand>();
        if (dialect.TakesArrays)
        {
            var command = batch.Add(all ? each ??= dialect.Each(sql)! : sql);
            for (var index = 0; index < parameters.Count; index++)
                command.Parameters.Add(parameters[index].Many(maker, dialect, rows, index));
            commands.Add(command);
            return commands;
        }
        foreach (var values in rows)
        {
            var command = batch.Add(batch.Transaction is null ? sql : SqlInTransaction);
            for (var index = 0; index < parameters.Count; index++)
                command.Parameters.Add(parameters[index].One(maker, values[index]));
            commands.Add(command);
        }
        return commands;
    }
}
