using LoopBus.Persistence.Tests.Shop;
using LoopBus.Testing;
using MassTransit;
using Microsoft.EntityFrameworkCore;

namespace LoopBus.Persistence.Tests;

public sealed class When_messages_of_one_saga_come_at_once(BrokerFixture broker, DatabaseFixture database)
    : IClassFixture<BrokerFixture>, IClassFixture<DatabaseFixture>
{
    private const int Messages = 200;

    [Fact]
    public async Task Should_handle_one_after_another_without_a_lost_race()
    {
        await using var service = await Service.Start(
            broker,
            database,
            bus =>
            {
                bus.AddSagaStateMachine<BasketStateMachine, Basket>().Endpoint(endpoint => (endpoint.ConcurrentMessageLimit, endpoint.PrefetchCount) = (32, 32))
                    .UnitOfWorkRepository<ShopDbContext>();
                bus.AddConsumer<ItemAddedConsumer>();
            },
            name: "at-once",
            retries: 0,
            actsOutside: false);
        using var conflicts = new Count(service, "loopbus.saga.conflicts");
        var (wanted, other) = (Guid.NewGuid(), Guid.NewGuid());

        await Task.WhenAll(Enumerable.Range(0, Messages).Select(number => service.Publish(new AddItem(number % 10 == 0 ? other : wanted, $"item {number}"))));

        await service.Journal.Until<ItemAdded>(Messages, seconds: 60);
        var basket = await service.Read(shop => shop.Baskets.SingleAsync(basket => basket.CorrelationId == wanted));
        basket.Items.Distinct().Count().ShouldBe(Messages * 9 / 10);
        conflicts.Total.ShouldBe(0);
    }
}
