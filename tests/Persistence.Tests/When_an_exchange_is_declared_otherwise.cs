using LoopBus.Persistence.Tests.Shop;
using LoopBus.Testing;
using MassTransit;

namespace LoopBus.Persistence.Tests;

public sealed class When_an_exchange_is_declared_otherwise(BrokerFixture broker, DatabaseFixture database)
    : IClassFixture<BrokerFixture>, IClassFixture<DatabaseFixture>
{
    [Fact]
    public async Task Should_keep_its_messages_with_the_reason_and_hold_back_no_others()
    {
        await using var service = await Service.Start(broker, database, bus => bus.AddConsumer<OrderPlacedConsumer>());
        await using var connection = await broker.Connect();
        await using var channel = await connection.CreateChannelAsync();
        await channel.ExchangeDeclareAsync("LoopBus.Persistence.Tests.Shop:RemindLater", "topic", durable: true, autoDelete: false);

        await service.Commit((_, outbox) => outbox.Publish(new RemindLater(Guid.NewGuid())));
        await service.Commit((_, outbox) => outbox.Publish(new OrderPlaced(Guid.NewGuid())));

        await service.Journal.Until<OrderPlaced>(1);
        await Eventually.True(
            async () => await database.Scalar("select last_error from shop.outbox") is string error && error.Contains("NO_ROUTE", StringComparison.Ordinal),
            TimeSpan.FromSeconds(20),
            "a row that says why it is still here");
    }
}
