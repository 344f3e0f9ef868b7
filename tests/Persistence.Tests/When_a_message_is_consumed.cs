using LoopBus.Persistence.Tests.Shop;
using LoopBus.Testing;
using MassTransit;
using Microsoft.EntityFrameworkCore;

namespace LoopBus.Persistence.Tests;

public sealed class When_a_message_is_consumed(BrokerFixture broker, DatabaseFixture database)
    : IClassFixture<BrokerFixture>, IClassFixture<DatabaseFixture>
{
    [Fact]
    public async Task Should_write_and_publish_and_leave_an_empty_outbox()
    {
        await using var service = await Service.Start(broker, database, Consumers);
        var id = Guid.NewGuid();

        await service.Publish(new PlaceOrder(id, "tea"));

        await service.Journal.Until<OrderPlaced>(1);
        (await service.Read(shop => shop.Orders.SingleAsync(order => order.Id == id))).Text.ShouldBe("tea");
        await EmptyOutbox();
    }

    [PostgreSqlFact("it counts what pg_stat_statements counts")]
    public async Task Should_commit_once_for_a_message_that_is_alone()
    {
        await database.Execute("create extension if not exists pg_stat_statements");
        await using var service = await Service.Start(broker, database, bus => bus.AddConsumer<PlaceOrderConsumer>().Endpoint(e => e.Name = "counted"));
        await using var listener = await Service.Start(broker, database, bus => bus.AddConsumer<OrderPlacedConsumer>(), options: o => o.Relay = false);
        await service.Publish(new PlaceOrder(Guid.NewGuid(), "first"));
        await listener.Journal.Until<OrderPlaced>(1);
        await EmptyOutbox();
        var before = (Commits: await Calls("COMMIT"), Units: await Calls("%INSERT INTO shop.inbox%"));

        for (var i = 0; i < 20; i++)
        {
            await service.Publish(new PlaceOrder(Guid.NewGuid(), "counted"));
            await listener.Journal.Until<OrderPlaced>(i + 2);
        }

        await EmptyOutbox();
        // 20 messages with an order that EF saves, and the 20 answers, whose batch is a transaction by itself.
        (await Calls("COMMIT") - before.Commits).ShouldBe(20);
        (await Calls("%INSERT INTO shop.inbox%") - before.Units).ShouldBe(40);
        ((long)(await database.Scalar("""select count(*) from shop."Orders" as placed join shop.inbox as handled on placed.xmin = handled.xmin where placed."Text" = 'counted'"""))!)
            .ShouldBe(20);
        (await Calls("%SAVEPOINT%")).ShouldBe(0);
    }

    [SqlServerFact]
    public async Task Should_commit_once_for_a_message_that_is_alone_on_sql_server()
    {
        await using var service = await Service.Start(broker, database, bus => bus.AddConsumer<PlaceOrderConsumer>().Endpoint(e => e.Name = "counted"), options: o => o.Relay = false);
        await using var listener = await Service.Start(broker, database, bus => bus.AddConsumer<OrderPlacedConsumer>(), options: o => o.Relay = false);
        await service.Publish(new PlaceOrder(Guid.NewGuid(), "first"));
        await listener.Journal.Until<OrderPlaced>(1);
        await EmptyOutbox();
        using var commits = new Commits(database);

        for (var i = 0; i < 20; i++)
        {
            await service.Publish(new PlaceOrder(Guid.NewGuid(), "counted"));
            await listener.Journal.Until<OrderPlaced>(i + 2);
        }

        // 20 messages, and the 20 answers that the other process hears; what was sent goes with the next, or is a statement of its own.
        await Eventually.True(() => commits.Total >= 40, TimeSpan.FromSeconds(10), "40 commits");
        commits.Total.ShouldBe(40);
    }

    [Fact]
    public async Task Should_write_and_send_nothing_when_the_consumer_fails()
    {
        await using var service = await Service.Start(broker, database, Consumers, name: "failing");
        var id = Guid.NewGuid();

        await service.Publish(new PlaceOrder(id, "fails"));

        await service.Journal.Until<PlaceOrder>(6);
        await Eventually.True(async () => await broker.Ready("failing-place-order_error") > 0, TimeSpan.FromSeconds(10), "the failed message");
        (await service.Read(shop => shop.Orders.CountAsync(order => order.Id == id))).ShouldBe(0);
        service.Journal.Of<OrderPlaced>().ShouldNotContain(placed => placed.OrderId == id);
        (await database.Count($"shop.outbox where {DatabaseFixture.BodyHas($"{id}")}")).ShouldBe(0);
    }

    [Fact]
    public async Task Should_handle_a_message_without_an_id_each_time_it_comes()
    {
        await using var service = await Service.Start(broker, database, Consumers, name: "anonymous");
        var body = $$"""
            { "messageType": ["urn:message:LoopBus.Persistence.Tests.Shop:OrderPlaced"], "message": { "orderId": "{{Guid.NewGuid()}}" } }
            """;

        for (var i = 0; i < 2; i++)
        {
            await broker.Publish("", "anonymous-order-placed", System.Text.Encoding.UTF8.GetBytes(body),
                new RabbitMQ.Client.BasicProperties { ContentType = "application/vnd.masstransit+json" });
        }

        await service.Journal.Until<OrderPlaced>(2);
        (await database.Count("shop.inbox where queue = 'anonymous-order-placed'")).ShouldBe(0);
    }

    private static void Consumers(IBusRegistrationConfigurator bus)
    {
        bus.AddConsumer<PlaceOrderConsumer>();
        bus.AddConsumer<OrderPlacedConsumer>();
    }

    private async Task<long> Calls(string statement) => (long)(await database.Scalar(
        $"select coalesce(sum(calls), 0)::bigint from pg_stat_statements where query ilike '{statement}' "
        + "and dbid = (select oid from pg_database where datname = current_database())"))!;

    private Task EmptyOutbox() => Eventually.True(
        async () => await database.Count("shop.outbox") == 0, TimeSpan.FromSeconds(10), "an empty outbox");
}
