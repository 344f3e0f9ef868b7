using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using NpgsqlTypes;

namespace LoopBus.Persistence.Database;

internal sealed class PostgreSqlDialect : IDialect, IAsyncDisposable
{
    // Rows are found and written by key, many at once. Of a table that is small or new the planner thinks that it is read faster whole, and keeps to it while the
    // table grows: it shall use the keys, and plan each statement once. A row that somebody holds locked is refused soon: many messages wait with the one that wants it.
    private const string ByKey =
        "-c enable_seqscan=off -c enable_hashjoin=off -c enable_mergejoin=off -c plan_cache_mode=force_generic_plan -c lock_timeout=2s";

    private readonly NpgsqlDataSource source;
    private readonly NpgsqlDataSource queries;
    private readonly string listening;

    public PostgreSqlDialect(string connectionString)
    {
        var pooled = new NpgsqlConnectionStringBuilder(connectionString);
        if (pooled.MaxAutoPrepare == 0)
            pooled.MaxAutoPrepare = 100;
        pooled.AutoPrepareMinUsages = 2;
        // Five services share a server: a hundred connections each, Npgsql's default, would be more than it takes.
        pooled.MaxPoolSize = Math.Max(1, Math.Min(pooled.MaxPoolSize, 50) / 2);
        // Nothing of ours leaves session state behind, and DISCARD costs a statement per use.
        pooled.NoResetOnClose = true;
        queries = new NpgsqlDataSourceBuilder(pooled.ConnectionString).Build();
        pooled.Options = $"{pooled.Options} {ByKey}".Trim();
        source = new NpgsqlDataSourceBuilder(pooled.ConnectionString).Build();
        listening = new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false, KeepAlive = 30 }.ConnectionString;
    }

    public DbDataSource DataSource => source;

    public void Configure(DbContextOptionsBuilder options, string schema) =>
        options.UseNpgsql(queries, npgsql => npgsql.MigrationsHistoryTable("migrations", schema));

    // A run's document is longer than a row may be uncompressed, and written at each of its messages: PostgreSQL's own compression takes several times as long.
    // Once for each column, from version 14 on; where a table is busy, at the next start.
    public string Compress(string schema) =>
        $"""
         DO $$
         DECLARE long record;
         BEGIN
             SET LOCAL lock_timeout = '1s';
             IF EXISTS (SELECT FROM pg_settings WHERE name = 'default_toast_compression' AND 'lz4' = ANY (enumvals)) THEN
                 FOR long IN
                     SELECT a.attrelid::regclass AS held, quote_ident(a.attname) AS name FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
                     WHERE c.relnamespace = to_regnamespace('{schema}') AND c.relkind IN ('r', 'p') AND NOT a.attisdropped
                         AND a.atttypid IN ('text'::regtype, 'bytea'::regtype) AND a.attcompression = ''
                 LOOP
                     EXECUTE format('ALTER TABLE %s ALTER COLUMN %s SET COMPRESSION lz4', long.held, long.name);
                 END LOOP;
             END IF;
         EXCEPTION WHEN lock_not_available THEN NULL;
         END $$
         """;

    public bool TakesArrays => true;

    // Without names: the driver need not look for them in the statement.
    public DbParameter ToArray<T>(DbParameter scalar, T[] values) =>
        new NpgsqlParameter<T[]> { NpgsqlDbType = NpgsqlDbType.Array | ((NpgsqlParameter)scalar).NpgsqlDbType, TypedValue = values };

    // What divides by zero is refused, and the batch's implicit transaction with it.
    public string Each(string statement) =>
        $"WITH written AS ({statement}) SELECT 1 / (count(*) = cardinality($1))::int FROM written";

    // The connections' lock_timeout, and a transaction that takes nothing more after an error.
    public string InTransaction(string statement) => statement;

    public bool IsMissing(DbException exception) => exception.SqlState == PostgresErrorCodes.DivisionByZero;

    public string Insert(string table, IReadOnlyList<string> columns, IReadOnlyList<string> parameters) =>
        $"INSERT INTO {table} ({string.Join(", ", columns)}) SELECT * FROM {Given(parameters)}";

    public string InsertIfAbsent(string table, IReadOnlyList<string> columns, IReadOnlyList<string> parameters, IReadOnlyList<string> key) =>
        $"{Insert(table, columns, parameters)} ON CONFLICT ({string.Join(", ", key)}) DO NOTHING RETURNING {string.Join(", ", key)}";

    public string Update(
        string table, IReadOnlyList<(string Column, string Parameter)> set, IReadOnlyList<KnownColumn> known, IReadOnlyList<string> key) =>
        $"""
         UPDATE {table} AS held SET {string.Join(", ", set.Select(pair => $"{pair.Column} = given.{pair.Parameter}"))}
         FROM {Given([.. set.Select(pair => pair.Parameter), .. known.Select(column => column.Parameter)])} WHERE {Same(known)} RETURNING {Held(key)}
         """;

    public string Delete(string table, IReadOnlyList<KnownColumn> known, IReadOnlyList<string> key) =>
        $"DELETE FROM {table} AS held USING {Given([.. known.Select(column => column.Parameter)])} WHERE {Same(known)} RETURNING {Held(key)}";

    public string Select(string table, IReadOnlyList<string> columns, IReadOnlyList<KnownColumn> key) =>
        $"SELECT {Held(columns)} FROM {table} AS held JOIN {Given([.. key.Select(column => column.Parameter)])} ON {Same(key)}";

    // Not a broken connection, nor a server that shuts down: those are everybody's.
    public bool IsRefused(DbException exception) =>
        exception is PostgresException { InvariantSeverity: "ERROR" } refused && !refused.SqlState.StartsWith("53", StringComparison.Ordinal);

    public bool IsLostRace(DbException exception) =>
        exception.SqlState is PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected;

    // Npgsql says so itself.
    public bool IsAway(DbException exception) => false;

    // It waits as long as for any lock. A process that stands still, or is gone with its machine, keeps the row for three seconds.
    public string Lock(string table, string key) =>
        $"SELECT set_config('idle_in_transaction_session_timeout', '3s', true) FROM {table} WHERE {key} = @key FOR UPDATE";

    // Materialized: inlined, the locking select could run once per row of the outer scan.
    public string Claim(string table, string columns, bool ofUnit) =>
        $"""
         WITH due AS MATERIALIZED (
             SELECT unit_id, position FROM {table}
             WHERE {(ofUnit ? "unit_id = @unit AND due_at <= @now" : "visible_at <= @now")}
             ORDER BY visible_at, unit_id, position{(ofUnit ? "" : " LIMIT @limit")}
             FOR UPDATE SKIP LOCKED)
         UPDATE {table} AS claimed SET visible_at = @until, attempts = attempts + 1
         FROM due WHERE claimed.unit_id = due.unit_id AND claimed.position = due.position
         RETURNING {string.Join(", ", columns.Split(", ").Select(column => $"claimed.{column}"))}
         """;

    public string DeleteOlder(string table, string column) =>
        $"DELETE FROM {table} WHERE ctid IN (SELECT ctid FROM {table} WHERE {column} < @before LIMIT @limit)";

    public string Notify(string channel) => $"NOTIFY \"{channel}\"";

    public async Task Listen(string channel, Action woken, CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection(listening);
        connection.Notification += (_, _) => woken();
        await connection.OpenAsync(cancellationToken);
        await using (var listen = new NpgsqlCommand($"LISTEN \"{channel}\"", connection))
            await listen.ExecuteNonQueryAsync(cancellationToken);
        // What was said before we listened is looked for once.
        woken();
        while (true)
            await connection.WaitAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await source.DisposeAsync();
        await queries.DisposeAsync();
    }

    private static string Given(IReadOnlyList<string> parameters) =>
        $"unnest({string.Join(", ", parameters.Select((_, index) => $"${index + 1}"))}) AS given({string.Join(", ", parameters)})";

    private static string Held(IEnumerable<string> columns) => string.Join(", ", columns.Select(column => $"held.{column}"));

    private static string Same(IEnumerable<KnownColumn> known) =>
        string.Join(" AND ", known.Select(column => $"held.{column.Name} {(column.MayBeNull ? "IS NOT DISTINCT FROM" : "=")} given.{column.Parameter}"));
}
