using System.Data.Common;
using Npgsql;

namespace LoopBus.Testing.Databases;

internal sealed class PostgreSqlServer : IDatabaseServer
{
    public string Provider => "PostgreSql";

    public string ConnectionTo(string? database)
    {
        var uri = TestServers.Addresses.Database;
        var (user, password) = ServerAddresses.LoginOf(uri);
        return new NpgsqlConnectionStringBuilder
        {
            Host = uri.Host,
            Port = uri.Port,
            Username = user,
            Password = password,
            Database = database ?? "postgres",
            Pooling = database is not null,
            MaxPoolSize = 30,
        }.ConnectionString;
    }

    public DbDataSource Connect(string connectionString) => NpgsqlDataSource.Create(connectionString);

    public (string Host, int Port) AddressOf(string connectionString)
    {
        var builder = new NpgsqlConnectionStringBuilder(connectionString);
        return (builder.Host!, builder.Port);
    }

    public string Through(string connectionString, int port) =>
        new NpgsqlConnectionStringBuilder(connectionString) { Host = "127.0.0.1", Port = port }.ConnectionString;

    public IEnumerable<string> Create(string database) => [$"create database {database}"];

    public IEnumerable<string> Drop(string database)
    {
        NpgsqlConnection.ClearPool(new NpgsqlConnection(ConnectionTo(database)));
        return [$"drop database if exists {database} with (force)"];
    }
}
