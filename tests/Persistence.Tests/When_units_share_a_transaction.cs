using System.Data.Common;
using LoopBus.Persistence.Database;
using LoopBus.Persistence.Groups;
using LoopBus.Persistence.Tests.Shop;
using LoopBus.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace LoopBus.Persistence.Tests;

public sealed class When_units_share_a_transaction(BrokerFixture broker, DatabaseFixture database)
    : IClassFixture<BrokerFixture>, IClassFixture<DatabaseFixture>
{
    [Fact]
    public async Task Should_fail_one_whose_saga_was_changed_and_not_its_neighbours()
    {
        await using var service = await Service.Start(broker, database, _ => { });
        var units = new Units(service.Services);
        var (mine, others) = (Guid.NewGuid(), Guid.NewGuid());
        await units.Write(units.Of(Guid.NewGuid(), "begun", units.Begin(mine)), units.Of(Guid.NewGuid(), "begun", units.Begin(others)));

        var first = units.Of(Guid.NewGuid(), "conflict: first", units.Fill(mine, 0));
        var late = units.Of(Guid.NewGuid(), "conflict: late", units.Fill(others, 7));
        var last = units.Of(Guid.NewGuid(), "conflict: last");
        await units.Write(first, late, last);

        (await first.Outcome).ShouldBeTrue();
        (await Should.ThrowAsync<ConcurrencyConflictException>(late.Outcome)).Message.ShouldContain($"Basket {others} is past version 7");
        (await last.Outcome).ShouldBeTrue();
        (await Texts(service, "conflict: ")).ShouldBe(["conflict: first", "conflict: last"]);
    }

    [Fact]
    public async Task Should_fail_one_whose_saga_was_begun_by_another()
    {
        await using var service = await Service.Start(broker, database, _ => { });
        var units = new Units(service.Services);
        var basket = Guid.NewGuid();
        await units.Write(units.Of(Guid.NewGuid(), "begun", units.Begin(basket)));

        var again = units.Of(Guid.NewGuid(), "begin: again", units.Begin(basket));
        var other = units.Of(Guid.NewGuid(), "begin: other", units.Begin(Guid.NewGuid()));
        await units.Write(again, other);

        await Should.ThrowAsync<ConcurrencyConflictException>(again.Outcome);
        (await other.Outcome).ShouldBeTrue();
        (await Texts(service, "begin: ")).ShouldBe(["begin: other"]);
    }

    [Fact]
    public async Task Should_know_a_duplicate_among_others()
    {
        await using var service = await Service.Start(broker, database, _ => { });
        var units = new Units(service.Services);
        var message = Guid.NewGuid();
        await units.Write(units.Of(message, "duplicate: first"));

        var again = units.Of(message, "duplicate: again", units.Fill(Guid.NewGuid(), 3));
        var other = units.Of(Guid.NewGuid(), "duplicate: other");
        await units.Write(other, again);

        (await again.Outcome).ShouldBeFalse();
        (await other.Outcome).ShouldBeTrue();
        (await Texts(service, "duplicate: ")).ShouldBe(["duplicate: first", "duplicate: other"]);
    }

    [Fact]
    public async Task Should_fail_one_that_the_database_refuses_and_not_its_neighbours()
    {
        await using var service = await Service.Start(broker, database, _ => { });
        var units = new Units(service.Services);
        var all = Enumerable.Range(0, 20).Select(number => units.Of(Guid.NewGuid(), number == 13 ? "poison" + Units.Poison : $"poison: {number:00}")).ToArray();

        await units.Write(all);

        await Should.ThrowAsync<DbException>(all[13].Outcome);
        foreach (var unit in all.Where((_, number) => number != 13))
            (await unit.Outcome).ShouldBeTrue();
        (await Texts(service, "poison: ")).Count.ShouldBe(19);
    }

    [Fact]
    public async Task Should_fail_one_whose_row_somebody_holds_and_not_its_neighbours()
    {
        await using var service = await Service.Start(broker, database, _ => { });
        var units = new Units(service.Services);
        var basket = Guid.NewGuid();
        await units.Write(units.Of(Guid.NewGuid(), "begun", units.Begin(basket)));
        await using var clients = database.Connect();
        await using var foreign = await clients.OpenConnectionAsync();
        await using var holding = await foreign.BeginTransactionAsync();
        await using (var hold = foreign.CreateCommand())
        {
            (hold.Transaction, hold.CommandText) = (holding, $"""update shop."Baskets" set "Count" = 0 where "CorrelationId" = '{basket}'""");
            await hold.ExecuteNonQueryAsync();
        }

        var held = units.Of(Guid.NewGuid(), "held: it", units.Fill(basket, 0));
        var other = units.Of(Guid.NewGuid(), "held: other");
        await units.Write(held, other);

        // Its message is tried again until the row is free.
        var refused = await Should.ThrowAsync<DbException>(held.Outcome);
        (refused.IsTransient || service.Services.GetRequiredService<IDialect>().IsAway(refused)).ShouldBeTrue();
        (await other.Outcome).ShouldBeTrue();
        (await Texts(service, "held: ")).ShouldBe(["held: other"]);
    }

    [Theory]
    [InlineData(CommitPoint.BeforeCommit, 0)]
    [InlineData(CommitPoint.AfterCommit, 3)]
    public async Task Should_write_all_or_nothing_when_the_process_ends(CommitPoint point, int written)
    {
        await using var service = await Service.Start(
            broker, database, _ => { }, services => services.AddSingleton<ICommitFault>(new FaultAt(point, times: 3)), name: $"units-{point}");
        var units = new Units(service.Services);
        Guid[] messages = [Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid()];
        Unit[] All() => [.. messages.Select((message, number) => units.Of(message, $"{point}: {number}"))];
        var lost = All();

        await units.Write(lost);

        foreach (var unit in lost)
            (await Should.ThrowAsync<InvalidOperationException>(unit.Outcome)).Message.ShouldContain("Crashed");
        (await Texts(service, $"{point}: ")).Count.ShouldBe(written);

        // The broker delivers the messages again; another fault or two strike while some of them are left.
        await Eventually.True(
            async () =>
            {
                var again = All();
                await units.Write(again);
                return again.All(unit => unit.Outcome.IsCompletedSuccessfully);
            },
            TimeSpan.FromSeconds(10),
            "all of them handled");
        (await Texts(service, $"{point}: ")).ShouldBe([$"{point}: 0", $"{point}: 1", $"{point}: 2"]);
    }

    // However they are grouped, each ends as if they had come one after another.
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public async Task Should_end_each_as_if_it_had_come_alone(int seed)
    {
        await using var service = await Service.Start(
            broker, database, _ => { }, options: options => (options.Writers, options.GroupSize) = (1 + (seed % 3), 3 + (seed * 7)), name: $"units-{seed}");
        var units = new Units(service.Services);
        var random = new Random(seed);
        var messages = Enumerable.Range(0, 150).Select(_ => Guid.NewGuid()).ToArray();
        var baskets = Enumerable.Range(0, 10).Select(_ => Guid.NewGuid()).ToArray();
        await units.Write([.. baskets.Select(basket => units.Of(Guid.NewGuid(), "begun", units.Begin(basket)))]);
        var (handled, versions, expected, asked) = (new HashSet<Guid>(), new int[baskets.Length], new List<string>(), new List<Unit>());

        for (var number = 0; number < 300; number++)
        {
            var message = messages[random.Next(messages.Length)];
            var basket = random.Next(baskets.Length * 3);
            var version = basket < baskets.Length ? Math.Max(0, versions[basket] - (random.Next(4) / 3)) : 0;
            var poison = random.Next(20) == 0;
            asked.Add(units.Of(
                message, $"seed {seed}: {number}{(poison ? Units.Poison : "")}", basket < baskets.Length ? [units.Fill(baskets[basket], version)] : []));

            var (duplicate, late) = (handled.Contains(message), basket < baskets.Length && version != versions[basket]);
            expected.Add(poison ? "refused" : duplicate ? "duplicate" : late ? "conflict" : "committed");
            if (expected[^1] != "committed")
                continue;
            handled.Add(message);
            if (basket < baskets.Length)
                versions[basket]++;
        }
        await units.Commit(asked);

        asked.Zip(expected, (unit, end) => (Seen: End(unit), end)).Where(pair => !Same(pair.Seen, pair.end)).ShouldBeEmpty();
        (await Texts(service, $"seed {seed}: ")).Count.ShouldBe(expected.Count(end => end == "committed"));
        (await service.Read(shop => shop.Baskets.Where(row => baskets.Contains(row.CorrelationId)).ToDictionaryAsync(row => row.CorrelationId, row => row.Version)))
            .ShouldBe(baskets.Zip(versions).ToDictionary(pair => pair.First, pair => pair.Second), ignoreOrder: true);
    }

    private static string End(Unit unit) => unit.Outcome.Exception?.InnerException switch
    {
        null => unit.Outcome.Result ? "committed" : "duplicate",
        ConcurrencyConflictException => "conflict",
        _ => "refused",
    };

    // A unit that is late and more may be told either: it is not written, and when it comes again it is told the other.
    private static bool Same(string seen, string expected) =>
        seen == expected || (seen == "conflict" && expected == "duplicate") || (seen != "committed" && expected == "refused");

    private static Task<List<string>> Texts(Service service, string prefix) =>
        service.Read(shop => shop.Orders.Where(order => order.Text.StartsWith(prefix)).Select(order => order.Text).OrderBy(text => text).ToListAsync());
}
