using System.Data.Common;
using LoopBus.Persistence.SqlServer;
using Microsoft.EntityFrameworkCore;

namespace LoopBus.Persistence.Database;

internal sealed class SqlServerDialect(string connectionString) : IDialect, IAsyncDisposable
{
    // As long as PostgreSQL's lock_timeout. A SET counts for the one command that it comes with.
    private const string Patience = "SET LOCK_TIMEOUT 2000; ";

    private readonly string pooled = SqlServerProvider.Pooled(connectionString);

    public DbDataSource DataSource { get; } = SqlServerProvider.CreateDataSource(SqlServerProvider.Pooled(connectionString));

    public void Configure(DbContextOptionsBuilder options, string schema) => SqlServerProvider.Use(options, pooled, "migrations", schema);

    public string? Compress(string schema) => null;

    public bool TakesArrays => false;

    public DbParameter ToArray<T>(DbParameter scalar, T[] values) => throw new NotSupportedException("SQL Server takes no arrays: give it a command for each row.");

    public string? Each(string statement) => null;

    // Each command of a batch is a call of its own: after a deadlock has ended the transaction, those behind it would be committed by themselves.
    // How many rows it affected tells who lost, whatever the server's "user options" are.
    public string InTransaction(string statement) => $"SET NOCOUNT OFF; {Patience}IF @@TRANCOUNT > 0 {statement}";

    public bool IsMissing(DbException exception) => false;

    public string Insert(string table, IReadOnlyList<string> columns, IReadOnlyList<string> parameters) =>
        $"INSERT INTO {table} ({string.Join(", ", columns)}) VALUES ({string.Join(", ", parameters.Select(parameter => "@" + parameter))})";

    // No range lock: it would make writers of different keys wait for each other. The loser of a race for one key fails instead.
    public string InsertIfAbsent(string table, IReadOnlyList<string> columns, IReadOnlyList<string> parameters, IReadOnlyList<string> key) =>
        $"INSERT INTO {table} ({string.Join(", ", columns)}) SELECT {string.Join(", ", parameters.Select(parameter => "@" + parameter))} "
        + $"WHERE NOT EXISTS (SELECT 1 FROM {table} "
        + $"WHERE {string.Join(" AND ", key.Select(column => $"{column} = @{parameters[IndexOf(columns, column)]}"))})";

    public string Update(
        string table, IReadOnlyList<(string Column, string Parameter)> set, IReadOnlyList<KnownColumn> known, IReadOnlyList<string> key) =>
        $"UPDATE {table} SET {string.Join(", ", set.Select(pair => $"{pair.Column} = @{pair.Parameter}"))} WHERE {Same(known)}";

    public string Delete(string table, IReadOnlyList<KnownColumn> known, IReadOnlyList<string> key) =>
        $"DELETE FROM {table} WHERE {Same(known)}";

    public string Select(string table, IReadOnlyList<string> columns, IReadOnlyList<KnownColumn> key) =>
        $"SELECT {string.Join(", ", columns)} FROM {table} WHERE {Same(key)}";

    public bool IsRefused(DbException exception) => SqlServerProvider.IsRefused(exception);

    public bool IsLostRace(DbException exception) => SqlServerProvider.IsLostRace(exception);

    public bool IsAway(DbException exception) => SqlServerProvider.IsAway(exception);

    public string Lock(string table, string key) => $"{Patience}SELECT 1 FROM {table} WITH (ROWLOCK, UPDLOCK) WHERE {key} = @key";

    public string Claim(string table, string columns, bool ofUnit) =>
        $"""
         WITH due AS (
             SELECT {(ofUnit ? "" : "TOP (@limit) ")}* FROM {table} WITH (ROWLOCK, READPAST, UPDLOCK)
             WHERE {(ofUnit ? "unit_id = @unit AND due_at <= @now" : "visible_at <= @now ORDER BY visible_at, unit_id, position")})
         UPDATE due SET visible_at = @until, attempts = attempts + 1
         OUTPUT {string.Join(", ", columns.Split(", ").Select(column => $"inserted.{column}"))}
         """;

    public string DeleteOlder(string table, string column) => $"DELETE TOP (@limit) FROM {table} WHERE {column} < @before";

    public string? Notify(string channel) => null;

    public Task Listen(string channel, Action woken, CancellationToken cancellationToken) => Task.CompletedTask;

    public ValueTask DisposeAsync() => DataSource.DisposeAsync();

    private static string Same(IEnumerable<KnownColumn> known) =>
        string.Join(" AND ", known.Select(column => column.MayBeNull
            ? $"({column.Name} = @{column.Parameter} OR ({column.Name} IS NULL AND @{column.Parameter} IS NULL))"
            : $"{column.Name} = @{column.Parameter}"));

    private static int IndexOf(IReadOnlyList<string> columns, string column) => columns.ToList().IndexOf(column);
}
