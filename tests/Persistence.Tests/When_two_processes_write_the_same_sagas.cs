using LoopBus.Persistence.Tests.Shop;
using LoopBus.Testing;
using LoopBus.Testing.Databases;
using MassTransit;
using Microsoft.EntityFrameworkCore;

namespace LoopBus.Persistence.Tests;

public sealed class When_two_processes_write_the_same_sagas(BrokerFixture broker, DatabaseFixture database)
    : IClassFixture<BrokerFixture>, IClassFixture<DatabaseFixture>
{
    private const int Baskets = 8;
    private const int Messages = 240;

    [Fact]
    public async Task Should_lose_none_and_wait_for_each_other_never_both()
    {
        var journal = new Journal();
        await using var first = await Process(journal);
        await using var second = await Process(journal);
        var ids = Enumerable.Range(0, Baskets).Select(_ => Guid.NewGuid()).ToArray();

        await Task.WhenAll(Enumerable.Range(0, Messages).Select(number => first.Publish(new AddItem(ids[number % Baskets], $"item {number}"))));

        await journal.Until<ItemAdded>(Messages, seconds: 60);
        var baskets = await first.Read(shop => shop.Baskets.Where(basket => ids.Contains(basket.CorrelationId)).ToListAsync());
        baskets.Select(basket => basket.Count).ShouldBe(Enumerable.Repeat(Messages / Baskets, Baskets));
        baskets.SelectMany(basket => basket.Items).Distinct().Count().ShouldBe(Messages);
        // SQL Server counts them for the whole server only.
        if (!TestDatabase.IsOnSqlServer)
            ((long)(await database.Scalar("select deadlocks from pg_stat_database where datname = current_database()"))!).ShouldBe(0);
    }

    [Fact]
    public async Task Should_rarely_lose_a_race_for_one_that_many_messages_are_for()
    {
        var journal = new Journal();
        await using var first = await Process(journal);
        await using var second = await Process(journal);
        using var firsts = new Count(first, "loopbus.saga.conflicts");
        using var seconds = new Count(second, "loopbus.saga.conflicts");
        var wanted = Guid.NewGuid();

        await Task.WhenAll(Enumerable.Range(0, Messages).Select(number => first.Publish(new AddItem(wanted, $"item {number}"))));

        await journal.Until<ItemAdded>(Messages, seconds: 60);
        (await first.Read(shop => shop.Baskets.SingleAsync(basket => basket.CorrelationId == wanted))).Items.Distinct().Count().ShouldBe(Messages);
        (firsts.Total + seconds.Total).ShouldBeLessThanOrEqualTo(Messages / 20);
    }

    private Task<Service> Process(Journal journal) => Service.Start(
        broker,
        database,
        bus =>
        {
            bus.AddSagaStateMachine<BasketStateMachine, Basket>().Endpoint(endpoint => (endpoint.ConcurrentMessageLimit, endpoint.PrefetchCount) = (32, 32))
                .UnitOfWorkRepository<ShopDbContext>();
            bus.AddConsumer<ItemAddedConsumer>();
        },
        journal: journal,
        name: "shared",
        retries: 0,
        actsOutside: false);
}
