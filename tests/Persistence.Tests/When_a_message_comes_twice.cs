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

    [Fact]
    public async Task Should_drop_what_it_did_where_all_of_that_is_in_its_unit()
    {
        await using var service = await Service.Start(broker, database, Consumers, name: "inside", actsOutside: false);
        var (message, order, last) = (Guid.NewGuid(), new PlaceOrder(Guid.NewGuid(), "inside"), new PlaceOrder(Guid.NewGuid(), "last"));

        await service.Publish(order, message);
        await service.Journal.Until<OrderPlaced>(1);
        await service.Publish(order, message);
        await service.Publish(last);

        await service.Journal.Until<OrderPlaced>(2);
        await Eventually.True(() => service.Journal.Of<PlaceOrder>().Count(seen => seen == order) == 2, TimeSpan.FromSeconds(10), "the duplicate");
        await Eventually.True(async () => await broker.Ready("inside-place-order") == 0, TimeSpan.FromSeconds(10), "an empty queue");
        (await service.Read(shop => shop.Orders.CountAsync(placed => placed.Text == "inside"))).ShouldBe(1);
        service.Journal.Of<OrderPlaced>().Select(placed => placed.OrderId).ShouldBe([order.OrderId, last.OrderId], ignoreOrder: true);
    }

    [Fact]
    public async Task Should_not_put_it_away_where_it_fails_then()
    {
        await using var service = await Service.Start(
            broker, database, bus => bus.AddConsumer<StrictConsumer>().Endpoint(endpoint => endpoint.ConcurrentMessageLimit = 1), name: "strict", retries: 0, actsOutside: false);
        var (message, placed) = (Guid.NewGuid(), new OrderPlaced(Guid.NewGuid()));

        await service.Publish(placed, message);
        await service.Publish(placed, message);
        await service.Publish(new OrderPlaced(Guid.NewGuid()));

        await service.Journal.Until<OrderPlaced>(3);
        await Eventually.True(
            async () => await database.Count("shop.inbox where queue = 'strict-strict'") == 2, TimeSpan.FromSeconds(10), "both handled");
        (await Should.ThrowAsync<OperationInterruptedException>(() => broker.Ready("strict-strict_error"))).Message.ShouldContain("NOT_FOUND");
    }

    private static void Consumers(IBusRegistrationConfigurator bus)
    {
        bus.AddConsumer<PlaceOrderConsumer>();
        bus.AddConsumer<OrderPlacedConsumer>();
    }
}
