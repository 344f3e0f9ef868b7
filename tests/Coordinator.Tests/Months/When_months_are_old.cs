using LoopBus.Coordinator.History;
using LoopBus.Coordinator.Registry;
using LoopBus.Testing;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace LoopBus.Coordinator.Tests.Months;

public sealed class When_months_are_old : IAsyncLifetime
{
    private static readonly DateTimeOffset January = new(2025, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset February = January.AddMonths(1);
    private static readonly DateTimeOffset March = January.AddMonths(2);

    private readonly DatabaseFixture database = new();

    public Task InitializeAsync() => database.InitializeAsync();

    public Task DisposeAsync() => database.DisposeAsync();

    [PostgreSqlFact("only PostgreSQL keeps the history by months")]
    public async Task Should_drop_those_whose_runs_are_over_and_keep_one_with_a_run_that_lives()
    {
        await using var copy = await Copy.Start(database, new ManualTimeProvider(January));
        await copy.Run("january", January.AddDays(3), January.AddDays(4));
        await copy.Run("february", February.AddDays(3), February.AddDays(4));
        await copy.Run("living", February.AddDays(5));
        await copy.Run("march", March.AddDays(3), March.AddDays(4));

        (await Drop(copy, March.AddMonths(2))).ShouldBe(2);
        (await Names(copy)).ShouldBe(["run_history_2025_02"]);

        await copy.Retain(OldRuns.Remove, March.AddMonths(2));
        (await Tasks(copy)).ShouldBe(["living"]);
        (await copy.Ask(context => context.Runs.Select(run => run.TaskId).ToListAsync())).ShouldBe(["living"]);
    }

    [PostgreSqlFact("only PostgreSQL keeps the history by months")]
    public async Task Should_keep_one_until_the_last_run_that_began_in_it_is_past_its_retention()
    {
        await using var copy = await Copy.Start(database, new ManualTimeProvider(January));
        await copy.Run("across", February.AddDays(-1), February.AddDays(5));

        (await Drop(copy, February.AddDays(5))).ShouldBe(0);
        (await Drop(copy, February.AddDays(5).AddTicks(10))).ShouldBe(1);
        (await Names(copy)).ShouldBe(["run_history_2025_02", "run_history_2025_03"]);
    }

    [PostgreSqlFact("only PostgreSQL keeps the history by months")]
    public async Task Should_keep_one_with_a_task_that_has_yet_to_begin()
    {
        await using var copy = await Copy.Start(database, new ManualTimeProvider(January));
        await copy.Take("taken", January.AddDays(1));

        (await Drop(copy, February)).ShouldBe(0);
    }

    [PostgreSqlFact("only PostgreSQL keeps the history by months")]
    public async Task Should_keep_one_that_a_set_clock_wrote_to()
    {
        await using var copy = await Copy.Start(database, new ManualTimeProvider(January));
        await copy.Run("new", March);
        await copy.Write(("new", January.AddDays(1)));

        (await copy.Retain(OldMonths.Drop, March, limit: 1)).ShouldBe(1);

        (await Names(copy)).ShouldBe(["run_history_2025_01", "run_history_2025_03"]);
    }

    // Rows that go with their month cost nothing: what ended in one that may go soon waits for it.
    [PostgreSqlFact("only PostgreSQL keeps the history by months")]
    public async Task Should_not_remove_the_runs_of_one_that_goes_soon_one_by_one()
    {
        await using var copy = await Copy.Start(database, new ManualTimeProvider(January));
        await copy.Run("february", February.AddDays(1), February.AddDays(2));
        await copy.Run("across", February.AddDays(25), March.AddDays(2));

        await copy.Retain(OldRuns.Remove, February.AddDays(20));
        await copy.Retain(OldRuns.Remove, March.AddDays(1));
        (await Tasks(copy)).ShouldBe(["across", "across", "february", "february"]);

        (await Drop(copy, March.AddDays(3))).ShouldBe(2);
        await copy.Retain(OldRuns.Remove, March.AddDays(3));
        (await copy.Ask(context => context.Runs.Select(run => run.TaskId).ToListAsync())).ShouldBe(["across"]);
    }

    [PostgreSqlFact("only PostgreSQL keeps the history by months")]
    public async Task Should_not_believe_a_clock_that_is_set_forward()
    {
        var time = new ManualTimeProvider(TimeProvider.System.GetUtcNow());
        await using var copy = await Copy.Start(database, time);
        await copy.Run("fresh", time.GetUtcNow(), time.GetUtcNow());

        time.Offset = TimeSpan.FromDays(1000);

        (await copy.Retain(OldMonths.Drop, time.GetUtcNow().AddDays(-90))).ShouldBe(0);
        (await Tasks(copy)).ShouldBe(["fresh", "fresh"]);
    }

    [PostgreSqlFact("only PostgreSQL keeps the history by months")]
    public async Task Should_let_those_be_who_read_it_and_try_again()
    {
        await using var copy = await Copy.Start(database, new ManualTimeProvider(January));
        await using (var reader = new NpgsqlConnection(database.ConnectionString))
        {
            await reader.OpenAsync();
            await using var transaction = await reader.BeginTransactionAsync();
            await using (var read = new NpgsqlCommand("select count(*) from coordinator.run_history", reader))
                await read.ExecuteScalarAsync();

            (await Drop(copy, February)).ShouldBe(0);
            await copy.Write(("run", January));
        }

        (await Drop(copy, February)).ShouldBe(1);
    }

    private static Task<int> Drop(Copy copy, DateTimeOffset before) => copy.Retain(OldMonths.Drop, before);

    private static async Task<IEnumerable<string>> Names(Copy copy) =>
        (await copy.Months()).Select(month => month.Name).Where(name => name.Contains("_2025_", StringComparison.Ordinal));

    private static Task<List<string>> Tasks(Copy copy) => copy.Ask(context => context.History.OrderBy(act => act.TaskId).Select(act => act.TaskId).ToListAsync());
}
