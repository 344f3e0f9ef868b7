using System.Data.Common;
using System.Globalization;
using LoopBus.Persistence.SqlServer;

namespace LoopBus.Testing.Databases;

/// <summary>The SQL Server that LOOPBUS_SQLSERVER names: a connection string with the right to make databases.</summary>
internal sealed class SqlServer(string named) : IDatabaseServer
{
    public string Provider => "SqlServer";

    public string ConnectionTo(string? database) => With(named, "Database", database ?? "master", "Initial Catalog");

    public DbDataSource Connect(string connectionString) => SqlServerProvider.CreateDataSource(connectionString);

    // tcp:host,port
    public (string Host, int Port) AddressOf(string connectionString)
    {
        using var source = Connect(connectionString);
        using var connection = source.CreateConnection();
        var parts = connection.DataSource.Split(',', 2);
        var host = parts[0].StartsWith("tcp:", StringComparison.OrdinalIgnoreCase) ? parts[0]["tcp:".Length..] : parts[0];
        return (host is "." or "(local)" ? "127.0.0.1" : host, parts.Length == 2 ? int.Parse(parts[1], CultureInfo.InvariantCulture) : 1433);
    }

    public string Through(string connectionString, int port) => With(connectionString, "Server", $"tcp:127.0.0.1,{port}", "Data Source", "Addr", "Address", "Network Address");

    public IEnumerable<string> Create(string database) =>
        [$"create database {database}", $"alter database {database} set read_committed_snapshot on"];

    public IEnumerable<string> Drop(string database) =>
        [$"if db_id('{database}') is not null alter database {database} set single_user with rollback immediate", $"drop database if exists {database}"];

    private static string With(string connectionString, string key, string value, params string[] otherNames)
    {
        var builder = new DbConnectionStringBuilder { ConnectionString = connectionString };
        foreach (var other in otherNames)
            builder.Remove(other);
        builder[key] = value;
        return builder.ConnectionString;
    }
}
