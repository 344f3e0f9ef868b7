using LoopBus.Persistence.Tests.Shop;
using LoopBus.Testing;
using MassTransit;

namespace LoopBus.Persistence.Tests;

public sealed class When_two_relays_run(BrokerFixture broker, DatabaseFixture database)
    : IClassFixture<BrokerFixture>, IClassFixture<DatabaseFixture>
{
    [Fact]
    public async Task Should_send_each_message_once()
    {
        const int Messages = 400;
        var sent = new Journal();
        await using var writer = await Service.Start(broker, database, bus => bus.AddConsumer<UncheckedConsumer>(), options: o => o.Relay = false, journal: sent);
        await using var first = await Service.Start(broker, database, _ => { }, options: Small);
        await using var second = await Service.Start(broker, database, _ => { }, options: Small);

        await writer.Commit(async (_, outbox) =>
        {
            for (var i = 0; i < Messages; i++)
                await outbox.Publish(new OrderPlaced(Guid.NewGuid()));
        });

        await sent.Until<OrderPlaced>(Messages, seconds: 40);
        await Eventually.True(
            async () => await database.Count("shop.outbox") == 0, TimeSpan.FromSeconds(10), "an empty outbox");
        sent.Of<OrderPlaced>().Count.ShouldBe(Messages);
    }

    private static void Small(PersistenceOptions options) => options.BatchSize = 20;
}
