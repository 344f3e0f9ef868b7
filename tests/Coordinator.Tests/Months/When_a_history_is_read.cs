using LoopBus.Coordinator.History;
using LoopBus.Testing;
using Microsoft.EntityFrameworkCore;

namespace LoopBus.Coordinator.Tests.Months;

public sealed class When_a_history_is_read : IAsyncLifetime
{
    private static readonly DateTimeOffset April = new(2025, 4, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly DatabaseFixture database = new();

    public Task InitializeAsync() => database.InitializeAsync();

    public Task DisposeAsync() => database.DisposeAsync();

    [PostgreSqlFact("only PostgreSQL keeps the history by months")]
    public async Task Should_look_into_the_months_since_the_run_began_only()
    {
        await using var copy = await Copy.Start(database, new ManualTimeProvider(April));
        for (var ago = 1; ago <= 24; ago++)
            await copy.Ask(context => new HistoryMonths(context).Make(HistoryMonth.Of(April.AddMonths(-ago)), CancellationToken.None));
        await copy.Run("run", April.AddDays(3));

        var since = await copy.Ask(context => RunActs.Since(context, "run", April.AddDays(10), CancellationToken.None));
        var plan = await copy.Ask(context => Plan(context, RunActs.Page(context, "run", since!.Value, 0, 200)));

        since.ShouldBe(April.AddMonths(-1).AddDays(3));
        plan.ShouldContain("Index Scan");
        plan.ShouldContain("run_history_2025_03");
        plan.ShouldContain("run_history_2025_04");
        plan.ShouldContain("run_history_default");
        plan.ShouldNotContain("run_history_2025_02");
        plan.ShouldNotContain("run_history_2024");
        plan.ShouldNotContain("run_history_2023");
    }

    [PostgreSqlFact("only PostgreSQL keeps the history by months")]
    public async Task Should_give_its_pages_in_the_order_in_which_the_acts_were_noted()
    {
        await using var copy = await Copy.Start(database, new ManualTimeProvider(April));
        DateTimeOffset[] times = [April.AddMonths(1), April, April.AddMonths(2), April.AddYears(30), April.AddDays(-20), April.AddDays(1)];
        foreach (var at in times)
            await copy.Write(("run", at), ("other", at));

        var first = await Page(copy, after: 0);
        var second = await Page(copy, first[^1].Id);

        first.Concat(second).Select(act => act.At).ShouldBe(times);
        (await Page(copy, second[^1].Id)).ShouldBeEmpty();
    }

    [PostgreSqlFact("only PostgreSQL keeps the history by months")]
    public async Task Should_find_the_acts_of_a_run_whose_beginning_a_set_clock_has_dated()
    {
        await using var copy = await Copy.Start(database, new ManualTimeProvider(April));
        await copy.Run("run", April.AddYears(3));
        await copy.Write(("run", April), ("run", April.AddDays(-10)));

        var since = await copy.Ask(context => RunActs.Since(context, "run", April.AddDays(1), CancellationToken.None));

        (await copy.Ask(context => RunActs.Page(context, "run", since!.Value, 0, 10).CountAsync())).ShouldBe(3);
    }

    private static Task<List<HistoryEntry>> Page(Copy copy, long after) =>
        copy.Ask(context => RunActs.Page(context, "run", April.AddMonths(-1), after, 3).ToListAsync());

    private static async Task<string> Plan(CoordinatorDbContext context, IQueryable<HistoryEntry> query)
    {
        await using var command = query.CreateDbCommand();
        command.CommandText = $"EXPLAIN {command.CommandText}";
        await context.Database.OpenConnectionAsync();
        await using var reader = await command.ExecuteReaderAsync();
        var lines = new List<string>();
        while (await reader.ReadAsync())
            lines.Add(reader.GetString(0));

        return string.Join('\n', lines);
    }
}
