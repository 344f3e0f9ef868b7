using System.Data.Common;
using System.Globalization;
using LoopBus.Testing.Databases;
using Xunit;

namespace LoopBus.Testing;

/// <summary>A real database server with an empty database of this fixture's own, dropped with it.</summary>
public sealed class DatabaseFixture : IAsyncLifetime
{
    private readonly TestDatabase database = new();

    public string ConnectionString => database.ConnectionString;

    /// <summary>The configuration of a service that is to use this database.</summary>
    public IReadOnlyDictionary<string, string?> Settings => database.Settings;

    public Task InitializeAsync() => database.Create();

    public Task DisposeAsync() => database.Drop();

    /// <summary>Connections of a client that is no service.</summary>
    public DbDataSource Connect() => database.Connect();

    /// <summary>Runs a statement in this fixture's database.</summary>
    public Task Execute(string sql) => database.Execute(sql);

    /// <summary>The first column of the first row of a query in this fixture's database.</summary>
    public async Task<object?> Scalar(string sql)
    {
        await using var source = Connect();
        await using var command = source.CreateCommand(sql);
        return await command.ExecuteScalarAsync();
    }

    /// <summary>How many rows there are: <paramref name="from"/> is a table, with a condition or none.</summary>
    public async Task<long> Count(string from) => Convert.ToInt64(await Scalar($"select count(*) from {from}"), CultureInfo.InvariantCulture);

    /// <summary>A condition on a stored message's body.</summary>
    public static string BodyHas(string text) =>
        TestDatabase.IsOnSqlServer ? $"cast(body as varchar(max)) like '%{text}%'" : $"convert_from(body, 'utf8') like '%{text}%'";
}
