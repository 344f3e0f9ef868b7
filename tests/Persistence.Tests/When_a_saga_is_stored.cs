using LoopBus.Persistence.Tests.Shop;
using LoopBus.Testing;
using MassTransit;
using Microsoft.EntityFrameworkCore;

namespace LoopBus.Persistence.Tests;

public sealed class When_a_saga_is_stored(BrokerFixture broker, DatabaseFixture database)
    : IClassFixture<BrokerFixture>, IClassFixture<DatabaseFixture>
{
    [Fact]
    public async Task Should_keep_every_column_as_its_model_says()
    {
        await using var service = await Service.Start(broker, database, Saga);
        var id = Guid.NewGuid();

        await service.Publish(new AddItem(id, "tea"));
        await service.Journal.Until<ItemAdded>(1);
        await service.Publish(new AddItem(id, "cup"));
        await service.Journal.Until<ItemAdded>(2);

        var basket = await service.Read(shop => shop.Baskets.SingleAsync(row => row.CorrelationId == id));
        basket.CurrentState.ShouldBe("Filling");
        basket.Version.ShouldBe(1);
        basket.Count.ShouldBe(2);
        basket.Items.ShouldBe(["tea", "cup"]);
        basket.Size.ShouldBe(Size.Large);
        basket.OpenedAt.ShouldBe(new DateTimeOffset(2026, 11, 20, 12, 0, 0, TimeSpan.Zero));
        basket.Document.ShouldBe("""{"note": "fragile"}""");
        basket.Weight.ShouldBe(5_000_000_000);
        basket.Price.ShouldBe(12.50m);
        basket.Owner.ShouldBe(id);
        basket.Gift.ShouldBeTrue();
        basket.Patience.ShouldBe(TimeSpan.FromMinutes(90));
    }

    [Fact]
    public async Task Should_remove_it_when_it_is_finished()
    {
        await using var service = await Service.Start(broker, database, Saga, name: "finished");
        var id = Guid.NewGuid();
        await service.Publish(new AddItem(id, "tea"));
        await service.Journal.Until<ItemAdded>(1);

        await service.Publish(new CheckOut(id));

        await Eventually.True(
            () => service.Read(async shop => !await shop.Baskets.AnyAsync(row => row.CorrelationId == id)), TimeSpan.FromSeconds(10), "no basket");
    }

    [Fact]
    public async Task Should_lose_none_of_a_hundred_messages_at_once()
    {
        const int Messages = 100;
        await using var service = await Service.Start(
            broker,
            database,
            bus =>
            {
                bus.AddSagaStateMachine<BasketStateMachine, Basket>().Endpoint(endpoint =>
                {
                    endpoint.ConcurrentMessageLimit = 16;
                    endpoint.PrefetchCount = Messages;
                }).UnitOfWorkRepository<ShopDbContext>();
                bus.AddConsumer<ItemAddedConsumer>();
            },
            name: "busy",
            retries: Messages);
        var id = Guid.NewGuid();

        await Task.WhenAll(Enumerable.Range(0, Messages).Select(number => service.Publish(new AddItem(id, $"item {number}"))));

        await service.Journal.Until<ItemAdded>(Messages, seconds: 60);
        var basket = await service.Read(shop => shop.Baskets.SingleAsync(row => row.CorrelationId == id));
        basket.Count.ShouldBe(Messages);
        basket.Version.ShouldBe(Messages - 1);
        basket.Items.Distinct().Count().ShouldBe(Messages);
        service.Journal.Of<ItemAdded>().Select(added => added.Count).Order().ShouldBe(Enumerable.Range(1, Messages));
    }

    private static void Saga(IBusRegistrationConfigurator bus)
    {
        bus.AddSagaStateMachine<BasketStateMachine, Basket>().UnitOfWorkRepository<ShopDbContext>();
        bus.AddConsumer<ItemAddedConsumer>();
    }
}
