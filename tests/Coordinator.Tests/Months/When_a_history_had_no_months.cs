using LoopBus.Coordinator.History;
using LoopBus.Testing;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql;

namespace LoopBus.Coordinator.Tests.Months;

public sealed class When_a_history_had_no_months : IAsyncLifetime
{
    private const string Before = "20261121043110_Retention";
    private const string Columns = "task_id, at, direction, performative, content, payload";

    private readonly DatabaseFixture database = new();

    public async Task InitializeAsync()
    {
        await database.InitializeAsync();
        await Migrate(Before);
    }

    public Task DisposeAsync() => database.DisposeAsync();

    [PostgreSqlFact("only PostgreSQL keeps the history by months")]
    public async Task Should_keep_what_was_there_though_several_copies_start_at_once()
    {
        await Write("old", 500, "now() - i * interval '5 hours'");
        await Write("early", 3, "now() + i * interval '20 days'");

        var copies = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Copy.Start(database, TimeProvider.System)));

        (await Scalar<long>("select count(*) from coordinator.run_history")).ShouldBe(503);
        (await Scalar<long>("select count(*) from coordinator.run_history_before")).ShouldBe(500);
        (await Scalar<long>("select count(distinct id) from coordinator.run_history")).ShouldBe(503);
        (await copies[0].Months())[0].ShouldSatisfyAllConditions(
            part => part.Name.ShouldBe("run_history_before"),
            part => part.Begin.ShouldBe(DateTimeOffset.MinValue),
            part => part.End.ShouldBe(TimeProvider.System.GetUtcNow(), TimeSpan.FromMinutes(5)));
        await copies[1].Write(("new", TimeProvider.System.GetUtcNow()));
        (await Scalar<long>("select id from coordinator.run_history where task_id = 'new'")).ShouldBeGreaterThan(503);
        foreach (var copy in copies)
            await copy.DisposeAsync();
    }

    // A copy of the version before goes on until it is stopped, with the statements that it has prepared.
    [PostgreSqlFact("only PostgreSQL keeps the history by months")]
    public async Task Should_go_on_taking_acts_from_a_copy_of_before()
    {
        await Write("old", 5, "now() - i * interval '1 day'");
        await using var older = new NpgsqlConnection(database.ConnectionString);
        await older.OpenAsync();
        await using var insert = new NpgsqlCommand(
            $"insert into coordinator.run_history ({Columns}) select * from unnest($1, $2, $3, $4, $5, $6)", older);
        foreach (var values in new object[] { new[] { "kept", "kept" }, Times(), new[] { "in", "in" }, new[] { "inform", "inform" }, new[] { "x", "x" }, new[] { "{}", "{}" } })
            insert.Parameters.Add(new NpgsqlParameter { Value = values });
        await insert.PrepareAsync();
        await insert.ExecuteNonQueryAsync();

        await using var copy = await Copy.Start(database, TimeProvider.System);
        insert.Parameters[1].Value = Times();
        await insert.ExecuteNonQueryAsync();

        (await Scalar<long>("select count(*) from coordinator.run_history where task_id = 'kept'")).ShouldBe(4);
        (await Scalar<long>("select count(distinct id) from coordinator.run_history")).ShouldBe(9);
    }

    [PostgreSqlFact("only PostgreSQL keeps the history by months")]
    public async Task Should_go_on_where_a_copy_was_killed_half_way()
    {
        await Write("old", 20, "now() - i * interval '1 day'");
        await Migrate();
        await database.Execute("alter table coordinator.run_history detach partition coordinator.run_history_before");
        await database.Execute($"insert into coordinator.run_history ({Columns}) values ('late', now() - interval '1 day', 'in', 'inform', 'x', '{{}}')");
        await database.Execute("delete from coordinator.migrations where \"MigrationId\" like '%HistoryByMonth'");

        await using var copy = await Copy.Start(database, TimeProvider.System);

        (await Scalar<long>("select count(*) from coordinator.run_history_before")).ShouldBe(21);
        (await Scalar<long>("select count(*) from coordinator.run_history")).ShouldBe(21);
    }

    [PostgreSqlFact("only PostgreSQL keeps the history by months")]
    public async Task Should_begin_with_whole_months_where_there_is_nothing_to_keep()
    {
        await using var copy = await Copy.Start(database, TimeProvider.System);

        var months = await copy.Months();
        months.Count.ShouldBe(3);
        months[0].ShouldBe(HistoryMonth.Of(TimeProvider.System.GetUtcNow()));
    }

    [PostgreSqlFact("only PostgreSQL keeps the history by months")]
    public async Task Should_come_back_to_one_table()
    {
        await Write("old", 20, "now() - i * interval '10 days'");
        await Migrate();

        await Migrate(Before);

        (await Scalar<long>("select count(*) from coordinator.run_history")).ShouldBe(20);
        (await Scalar<string>("select relkind::text from pg_class where oid = 'coordinator.run_history'::regclass")).ShouldBe("r");
    }

    private static DateTime[] Times() => [TimeProvider.System.GetUtcNow().UtcDateTime, TimeProvider.System.GetUtcNow().UtcDateTime.AddMinutes(-5)];

    private Task Write(string task, int count, string at) => database.Execute(
        $"insert into coordinator.run_history ({Columns}) select '{task}', {at}, 'in', 'inform', 'x', '{{}}' from generate_series(1, {count}) as i");

    private async Task<T> Scalar<T>(string sql) => (T)(await database.Scalar(sql))!;

    private async Task Migrate(string? to = null)
    {
        await using var copy = Copy.Idle(database, TimeProvider.System);
        await copy.Ask(async context =>
        {
            await context.GetService<IMigrator>().MigrateAsync(to);
            return to;
        });
    }
}
