using LoopBus.Coordinator.History;
using LoopBus.Testing;

namespace LoopBus.Coordinator.Tests.Months;

public sealed class When_months_pass : IAsyncLifetime
{
    private readonly DatabaseFixture database = new();
    private readonly ManualTimeProvider time = new(new DateTimeOffset(2025, 1, 31, 23, 0, 0, TimeSpan.Zero));

    public Task InitializeAsync() => database.InitializeAsync();

    public Task DisposeAsync() => database.DisposeAsync();

    [PostgreSqlFact("only PostgreSQL keeps the history by months")]
    public async Task Should_put_each_act_into_its_month()
    {
        await using var copy = await Copy.Start(database, time);
        var february = new DateTimeOffset(2025, 2, 1, 0, 0, 0, TimeSpan.Zero);

        await copy.Write(("run", february.AddTicks(-10)), ("run", february), ("run", february.AddMonths(1)), ("run", february.AddMonths(2).AddTicks(-10)));

        (await Places()).ShouldBe(["run_history_2025_01", "run_history_2025_02", "run_history_2025_03", "run_history_2025_03"]);
    }

    [PostgreSqlFact("only PostgreSQL keeps the history by months")]
    public async Task Should_make_those_to_come_before_they_begin()
    {
        await using var copy = await Copy.Start(database, time);
        (await Names(copy)).ShouldBe(["run_history_2025_01", "run_history_2025_02", "run_history_2025_03"]);

        await Eventually.True(
            async () =>
            {
                time.Advance(TimeSpan.FromHours(1));
                return (await Names(copy)).Contains("run_history_2025_04");
            },
            TimeSpan.FromSeconds(10),
            "April is there two months before it begins");
    }

    [PostgreSqlFact("only PostgreSQL keeps the history by months")]
    public async Task Should_make_each_once_however_many_copies_start()
    {
        // They migrate by a clock that moves: one that finds another at it tries again.
        await (await Copy.Start(database, TimeProvider.System)).DisposeAsync();

        var copies = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Copy.Start(database, time)));

        (await Names(copies[0])).ShouldBe(["run_history_2025_01", "run_history_2025_02", "run_history_2025_03"]);
        var next = HistoryMonth.Of(time.GetUtcNow().AddMonths(3));
        var made = await Task.WhenAll(copies.Select(copy => copy.Ask(context => new HistoryMonths(context).Make(next, CancellationToken.None))));
        made.Count(isMade => isMade).ShouldBe(1);
        foreach (var copy in copies)
            await copy.DisposeAsync();
    }

    [PostgreSqlFact("only PostgreSQL keeps the history by months")]
    public async Task Should_take_acts_of_a_clock_that_is_far_off()
    {
        await using var copy = await Copy.Start(database, time);

        await copy.Write(("past", time.GetUtcNow().AddYears(-20)), ("future", time.GetUtcNow().AddYears(20)));

        (await Places()).ShouldBe(["run_history_default", "run_history_default"]);
    }

    [PostgreSqlFact("only PostgreSQL keeps the history by months")]
    public async Task Should_move_what_came_too_early_into_its_month()
    {
        await using var copy = await Copy.Start(database, time);
        await copy.Write(("early", time.GetUtcNow().AddMonths(5)), ("earlier", time.GetUtcNow().AddYears(5)));

        var made = await copy.Ask(context => new HistoryMonths(context).Make(HistoryMonth.Of(time.GetUtcNow().AddMonths(5)), CancellationToken.None));

        made.ShouldBeTrue();
        (await Places()).ShouldBe(["run_history_2025_06", "run_history_default"]);
    }

    [PostgreSqlFact("only PostgreSQL keeps the history by months")]
    public async Task Should_make_the_rest_of_a_month_that_is_there_in_part()
    {
        await using var copy = await Copy.Start(database, time);
        await database.Execute("drop table coordinator.run_history_2025_03");
        await database.Execute("create table coordinator.part partition of coordinator.run_history for values from ('2025-03-01+00') to ('2025-03-11+00')");

        (await copy.Ask(context => new HistoryMonths(context).Make(HistoryMonth.Of(time.GetUtcNow().AddMonths(1).AddDays(5)), CancellationToken.None))).ShouldBeTrue();

        (await copy.Months()).Single(month => month.Name == "run_history_2025_03").Begin.ShouldBe(new DateTimeOffset(2025, 3, 11, 0, 0, 0, TimeSpan.Zero));
    }

    // That of the day on which the tests run was made by the migration.
    private static async Task<IEnumerable<string>> Names(Copy copy) =>
        (await copy.Months()).Select(month => month.Name).Where(name => name.Contains("_2025_", StringComparison.Ordinal));

    private async Task<IEnumerable<string>> Places() =>
        ((string[])(await database.Scalar("select array_agg(tableoid::regclass::text order by id) from coordinator.run_history"))!).Select(name => name.Split('.')[^1]);
}
