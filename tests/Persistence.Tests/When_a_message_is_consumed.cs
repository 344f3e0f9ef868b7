using LoopBus.Persistence.Tests.Shop;
using LoopBus.Testing;
using MassTransit;
using Microsoft.EntityFrameworkCore;

namespace LoopBus.Persistence.Tests;

public sealed class When_a_message_is_consumed(BrokerFixture broker, DatabaseFixture database)
    : IClassFixture<BrokerFixture>, IClassFixture<DatabaseFixture>
{
    [Fact]
    public async Task Should_write_and_publish()
    {
        await using var service = await Service.Start(broker, database, Consumers);
        var id = Guid.NewGuid();

        await service.Publish(new PlaceOrder(id, "tea"));

        await service.Journal.Until<OrderPlaced>(1);
        (await service.Read(shop => shop.Orders.SingleAsync(order => order.Id == id))).Text.ShouldBe("tea");
        await Eventually.True(
            async () => (long)(await database.Scalar("select count(*) from shop.outbox"))! == 0, TimeSpan.FromSeconds(10), "an empty outbox");
    }

    private static void Consumers(IBusRegistrationConfigurator bus)
    {
        bus.AddConsumer<PlaceOrderConsumer>();
        bus.AddConsumer<OrderPlacedConsumer>();
    }
}
