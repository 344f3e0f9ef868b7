using Npgsql;
using Xunit;

namespace LoopBus.Testing;

/// <summary>A real PostgreSQL with an empty database of this fixture's own, dropped with it.</summary>
public sealed class DatabaseFixture : IAsyncLifetime
{
    private readonly string name = $"test_{Guid.NewGuid():n}";
    private string server = "";

    public string ConnectionString { get; private set; } = "";

    /// <summary>The configuration of a service that is to use this database.</summary>
    public IReadOnlyDictionary<string, string?> Settings => new Dictionary<string, string?>
    {
        ["LoopBus:Database:Provider"] = "PostgreSql",
        ["LoopBus:Database:ConnectionString"] = ConnectionString,
    };

    public async Task InitializeAsync()
    {
        var uri = TestServers.Addresses.Database;
        var (user, password) = ServerAddresses.LoginOf(uri);
        var builder = new NpgsqlConnectionStringBuilder
        {
            Host = uri.Host,
            Port = uri.Port,
            Username = user,
            Password = password,
            Database = "postgres",
            Pooling = false,
        };
        server = builder.ConnectionString;
        await Run(server, $"create database {name}");
        builder.Database = name;
        builder.Pooling = true;
        builder.MaxPoolSize = 30;
        ConnectionString = builder.ConnectionString;
    }

    public async Task DisposeAsync()
    {
        if (ConnectionString.Length == 0)
            return;
        NpgsqlConnection.ClearPool(new NpgsqlConnection(ConnectionString));
        await Run(server, $"drop database if exists {name} with (force)");
    }

    /// <summary>Runs a statement in this fixture's database.</summary>
    public Task Execute(string sql) => Run(ConnectionString, sql);

    /// <summary>The first column of the first row of a query in this fixture's database.</summary>
    public async Task<object?> Scalar(string sql)
    {
        await using var source = NpgsqlDataSource.Create(ConnectionString);
        await using var command = source.CreateCommand(sql);
        return await command.ExecuteScalarAsync();
    }

    private static async Task Run(string connectionString, string sql)
    {
        await using var source = NpgsqlDataSource.Create(connectionString);
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}
