using LoopBus.Persistence.Tests.Shop;
using LoopBus.Testing;
using MassTransit;
using Microsoft.EntityFrameworkCore;
using RabbitMQ.Client.Exceptions;

namespace LoopBus.Persistence.Tests;

public sealed class When_a_message_comes_twice(BrokerFixture broker, DatabaseFixture database)
    : IClassFixture<BrokerFixture>, IClassFixture<DatabaseFixture>
{
    [Fact]
    public async Task Should_handle_it_once()
    {
        await using var service = await Service.Start(broker, database, Consumers);
        var (message, last) = (Guid.NewGuid(), Guid.NewGuid());
        var order = new PlaceOrder(Guid.NewGuid(), "once");

        await service.Publish(order, message);
        await service.Journal.Until<OrderPlaced>(1);
        await service.Publish(order, message);
        await service.Publish(new PlaceOrder(last, "last"));

        await service.Journal.Until<OrderPlaced>(2);
        service.Journal.Of<PlaceOrder>().Count(seen => seen == order).ShouldBe(1);
        // An endpoint puts away what no consumer took; a duplicate is not that.
        (await Should.ThrowAsync<OperationInterruptedException>(() => broker.Ready("shop-place-order_skipped"))).Message.ShouldContain("NOT_FOUND");
        service.Journal.Of<OrderPlaced>().Count(seen => seen.OrderId == order.OrderId).ShouldBe(1);
    }

    [Fact]
    public async Task Should_write_and_say_it_once_when_both_are_handled_at_the_same_time()
    {
        await using var service = await Service.Start(broker, database, Consumers, name: "racing");
        var message = Guid.NewGuid();
        var order = new PlaceOrder(Guid.NewGuid(), "raced");

        await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => service.Publish(order, message)));

        await service.Journal.Until<OrderPlaced>(1);
        await Eventually.True(async () => await broker.Ready("racing-place-order") == 0, TimeSpan.FromSeconds(10), "an empty queue");
        (await service.Read(shop => shop.Orders.CountAsync(placed => placed.Id == order.OrderId))).ShouldBe(1);
        service.Journal.Of<OrderPlaced>().Count(seen => seen.OrderId == order.OrderId).ShouldBe(1);
    }

    private static void Consumers(IBusRegistrationConfigurator bus)
    {
        bus.AddConsumer<PlaceOrderConsumer>();
        bus.AddConsumer<OrderPlacedConsumer>();
    }
}
