using Npgsql;

namespace LoopBus.Benchmarks.Machine;

/// <summary>The database's counters: WAL written, transactions, fsyncs of the WAL, statements from clients (begin and commit are statements too), messages that services noted as read.</summary>
/// <remarks>PostgreSQL publishes transactions, fsyncs and rows up to a second late; under steady load both ends of a stretch lag alike.</remarks>
internal sealed record DatabaseReading(double WalBytes, double Commits, double Syncs, double Statements, double Messages)
{
    private const string Query =
        """
        select pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')::float8,
               (select xact_commit from pg_stat_database where datname = current_database())::float8,
               (select wal_sync from pg_stat_wal)::float8,
               (select coalesce(sum(calls), 0) from pg_stat_statements(false) where toplevel)::float8,
               (select coalesce(sum(n_tup_ins), 0) from pg_stat_user_tables where relname = 'inbox')::float8
        """;

    public static async Task<DatabaseReading> Take(NpgsqlDataSource database)
    {
        await using var command = database.CreateCommand(Query);
        await using var row = await command.ExecuteReaderAsync();
        await row.ReadAsync();
        return new DatabaseReading(row.GetDouble(0), row.GetDouble(1), row.GetDouble(2), row.GetDouble(3), row.GetDouble(4));
    }
}
