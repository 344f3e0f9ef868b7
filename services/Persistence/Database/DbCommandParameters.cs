using System.Data;
using System.Data.Common;

namespace LoopBus.Persistence.Database;

/// <summary>Typed parameters on plain commands and on commands of a batch.</summary>
internal static class DbCommandParameters
{
    public static DbCommand With(this DbCommand command, string name, object? value, DbType type)
    {
        command.Parameters.Add(Fill(command.CreateParameter(), name, value, type));
        return command;
    }

    public static DbBatchCommand With(this DbBatchCommand command, string name, object? value, DbType type)
    {
        command.Parameters.Add(Fill(command.CreateParameter(), name, value, type));
        return command;
    }

    public static DbBatchCommand Add(this DbBatch batch, string sql)
    {
        var command = batch.CreateBatchCommand();
        command.CommandText = sql;
        batch.BatchCommands.Add(command);
        return command;
    }

    private static DbParameter Fill(DbParameter parameter, string name, object? value, DbType type)
    {
        parameter.ParameterName = name;
        parameter.DbType = type;
        parameter.Value = value ?? DBNull.Value;
        return parameter;
    }
}
