using System.Data.Common;

namespace LoopBus.Testing.Databases;

/// <summary>A database of a test's own, on the server that tests are to use: the SQL Server named by LOOPBUS_SQLSERVER, else PostgreSQL.</summary>
public sealed class TestDatabase
{
    /// <summary>The variable that names a SQL Server.</summary>
    public const string Variable = "LOOPBUS_SQLSERVER";

    private static readonly IDatabaseServer Server =
        Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named ? new SqlServer(named) : new PostgreSqlServer();

    private readonly string name = $"test_{Guid.NewGuid():n}";

    public static bool IsOnSqlServer => Server is SqlServer;

    public string ConnectionString { get; private set; } = "";

    /// <summary>The configuration of a service that is to use this database.</summary>
    public IReadOnlyDictionary<string, string?> Settings => new Dictionary<string, string?>
    {
        ["LoopBus:Database:Provider"] = Server.Provider,
        ["LoopBus:Database:ConnectionString"] = ConnectionString,
    };

    public async Task Create()
    {
        await Run(Server.ConnectionTo(null), Server.Create(name));
        ConnectionString = Server.ConnectionTo(name);
    }

    public async Task Drop()
    {
        if (ConnectionString.Length > 0)
            await Run(Server.ConnectionTo(null), Server.Drop(name));
    }

    /// <summary>Connections of a client of its own.</summary>
    public DbDataSource Connect() => Server.Connect(ConnectionString);

    /// <summary>Connections to a database that is named by a service's settings.</summary>
    public static DbDataSource Connect(string connectionString) => Server.Connect(connectionString);

    /// <summary>Where a connection string leads.</summary>
    public static (string Host, int Port) AddressOf(string connectionString) => Server.AddressOf(connectionString);

    /// <summary>The same by way of a port of this machine.</summary>
    public static string Through(string connectionString, int port) => Server.Through(connectionString, port);

    public Task Execute(string sql) => Run(ConnectionString, [sql]);

    private static async Task Run(string connectionString, IEnumerable<string> statements)
    {
        await using var source = Server.Connect(connectionString);
        foreach (var sql in statements)
        {
            await using var command = source.CreateCommand(sql);
            await command.ExecuteNonQueryAsync();
        }
    }
}
