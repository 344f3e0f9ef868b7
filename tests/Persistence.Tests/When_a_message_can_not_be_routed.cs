using LoopBus.Persistence.Tests.Shop;
using LoopBus.Testing;
using MassTransit;
using Microsoft.EntityFrameworkCore;

namespace LoopBus.Persistence.Tests;

public sealed class When_a_message_can_not_be_routed(BrokerFixture broker, DatabaseFixture database)
    : IClassFixture<BrokerFixture>, IClassFixture<DatabaseFixture>
{
    [Fact]
    public async Task Should_keep_it_with_its_error_and_deliver_it_later()
    {
        await using var sender = await Service.Start(broker, database, bus => bus.AddConsumer<PlaceOrderConsumer>(), name: "early");
        var id = Guid.NewGuid();

        await sender.Publish(new PlaceOrder(id, "unheard"));

        await Eventually.True(
            async () => await database.Scalar("select last_error from shop.outbox where attempts >= 2") is string error && error.Contains("MessageReturned", StringComparison.Ordinal),
            TimeSpan.FromSeconds(20),
            "a row that says why it is still here");
        (await sender.Read(shop => shop.Orders.AnyAsync(order => order.Id == id))).ShouldBeTrue();

        await using var receiver = await Service.Start(broker, database, bus => bus.AddConsumer<OrderPlacedConsumer>(), name: "late");
        await receiver.Journal.Until<OrderPlaced>(1, seconds: 30);
    }
}
