using Npgsql;
using NpgsqlTypes;

namespace LoopBus.Benchmarks.Floors;

/// <summary>One prepared insert of one row, durably committed, on a connection of its own for each worker.</summary>
internal sealed class CommitFloor(NpgsqlDataSource database) : IFloor
{
    private const int RowBytes = 200;

    private readonly List<NpgsqlConnection> connections = [];

    public string Name => "commits of one row";

    public async Task<IReadOnlyList<Func<Task>>> Open(int workers)
    {
        await Execute("drop table if exists public.bench_floor");
        await Execute("create table public.bench_floor (id uuid primary key, body bytea not null)");
        var opened = new List<Func<Task>>();
        for (var worker = 0; worker < workers; worker++)
            opened.Add(await Worker());
        return opened;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var connection in connections)
            await connection.DisposeAsync();
        await Execute("drop table if exists public.bench_floor");
    }

    private async Task<Func<Task>> Worker()
    {
        var connection = await database.OpenConnectionAsync();
        connections.Add(connection);
        var command = new NpgsqlCommand("insert into public.bench_floor (id, body) values ($1, $2)", connection);
        var id = command.Parameters.Add(new NpgsqlParameter { NpgsqlDbType = NpgsqlDbType.Uuid });
        command.Parameters.Add(new NpgsqlParameter { Value = new byte[RowBytes] });
        id.Value = Guid.CreateVersion7();
        await command.PrepareAsync();
        return () =>
        {
            id.Value = Guid.CreateVersion7();
            return command.ExecuteNonQueryAsync();
        };
    }

    private async Task Execute(string sql)
    {
        await using var command = database.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}
