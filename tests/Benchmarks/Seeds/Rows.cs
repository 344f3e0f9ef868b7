using System.Globalization;
using Npgsql;

namespace LoopBus.Benchmarks.Seeds;

/// <summary>
/// Makes many rows of a few that the services themselves have written: each copy has ids of its own, everything else is as it was.
/// A million rows that come by messages would take hours.
/// </summary>
internal sealed class Rows(NpgsqlDataSource database)
{
    private const string Columns =
        """
        select column_name, data_type,
               exists (select from information_schema.key_column_usage k join information_schema.table_constraints c using (constraint_schema, constraint_name)
                       where c.constraint_type = 'PRIMARY KEY' and k.table_schema = columns.table_schema and k.table_name = columns.table_name and k.column_name = columns.column_name)
        from information_schema.columns
        where table_schema || '.' || table_name = $1 and is_identity = 'NO' and coalesce(column_default, '') not like 'nextval(%'
        """;

    public async Task<long> Count(string table, string where = "true")
    {
        await using var command = database.CreateCommand($"select count(*) from {table} where {where}");
        return (long)(await command.ExecuteScalarAsync())!;
    }

    /// <summary>Adds copies of each row that fits, with the numbers from the first to the last.</summary>
    public async Task Multiply(string table, string where, long first, long last)
    {
        var columns = await ColumnsOf(table);
        var names = string.Join(", ", columns.Select(column => column.Name));
        var values = string.Join(", ", columns.Select(column => column.Value));
        await Execute($"set synchronous_commit = off; insert into {table} ({names}) select {values} from (select * from {table} where {where}) as row, generate_series({first}, {last}) as copy");
    }

    /// <summary>Leaves the database as it is after some time: without work that the copies have put off.</summary>
    public async Task Settle()
    {
        await Execute("vacuum analyze");
        await Execute("checkpoint");
    }

    private async Task<List<(string Name, string Value)>> ColumnsOf(string table)
    {
        var columns = new List<(string, string)>();
        await using var command = database.CreateCommand(Columns);
        command.Parameters.Add(new NpgsqlParameter { Value = table });
        await using var row = await command.ExecuteReaderAsync();
        while (await row.ReadAsync())
            columns.Add(($"\"{row.GetString(0)}\"", Value(row.GetString(0), row.GetString(1), row.GetBoolean(2))));
        return columns;
    }

    private static string Value(string column, string type, bool key) => (column, type) switch
    {
        ("task_id", _) => "row.task_id || '.' || copy",
        (_, "uuid") => "gen_random_uuid()",
        ("key", _) when key => "md5(random()::text || copy)",
        _ => string.Create(CultureInfo.InvariantCulture, $"row.\"{column}\""),
    };

    private async Task Execute(string sql)
    {
        await using var command = database.CreateCommand(sql);
        command.CommandTimeout = 300;
        await command.ExecuteNonQueryAsync();
    }
}
