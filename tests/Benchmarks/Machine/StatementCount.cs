using Npgsql;

namespace LoopBus.Benchmarks.Machine;

/// <summary>How often one statement ran, and how long it took the database in all.</summary>
internal sealed record StatementCount(string Text, double Calls, double Milliseconds)
{
    private const string Query =
        """
        select regexp_replace(query, '\s+', ' ', 'g'), sum(calls)::float8, sum(total_exec_time)::float8
        from pg_stat_statements where toplevel and query not like '%pg_stat_%' group by 1
        """;

    public static async Task<IReadOnlyList<StatementCount>> Take(NpgsqlDataSource database)
    {
        var statements = new List<StatementCount>();
        await using var command = database.CreateCommand(Query);
        await using var row = await command.ExecuteReaderAsync();
        while (await row.ReadAsync())
            statements.Add(new StatementCount(row.GetString(0), row.GetDouble(1), row.GetDouble(2)));
        return statements;
    }

    /// <summary>What ran since an earlier count, the longest in all first.</summary>
    public static async Task<IReadOnlyList<StatementCount>> Since(NpgsqlDataSource database, IEnumerable<StatementCount> before)
    {
        var earlier = before.ToDictionary(statement => statement.Text);
        return
        [
            .. (await Take(database))
                .Select(now => earlier.TryGetValue(now.Text, out var then) ? new StatementCount(now.Text, now.Calls - then.Calls, now.Milliseconds - then.Milliseconds) : now)
                .Where(statement => statement.Calls > 0)
                .OrderByDescending(statement => statement.Milliseconds),
        ];
    }
}
