using LoopBus.Persistence.Tests.Shop;
using LoopBus.Testing;
using MassTransit;

namespace LoopBus.Persistence.Tests;

public sealed class When_a_message_is_to_go_out_later(BrokerFixture broker, DatabaseFixture database)
    : IClassFixture<BrokerFixture>, IClassFixture<DatabaseFixture>
{
    [Fact]
    public async Task Should_send_it_when_it_is_due_and_no_earlier()
    {
        var id = Guid.NewGuid();
        await using var service = await Service.Start(broker, database, Consumers, options: options => options.SweepInterval = TimeSpan.FromMinutes(5));

        await service.Publish(new RemindLater(id));

        await Eventually.True(() => service.Journal.Of<OrderPlaced>().Contains(new OrderPlaced(id)), TimeSpan.FromSeconds(10), "the reminder");
        var asked = service.Journal.Contexts<RemindLater>().Single(seen => seen.Message.OrderId == id).At;
        var came = service.Journal.Contexts<OrderPlaced>().Single(seen => seen.Message.OrderId == id).At;
        (came - asked).ShouldBeInRange(RemindLaterConsumer.Delay, RemindLaterConsumer.Delay * 2);
    }

    [Fact]
    public async Task Should_send_it_from_another_process_when_its_own_has_gone()
    {
        await using (var first = await Service.Start(broker, database, bus => bus.AddConsumer<RemindLaterConsumer>(), name: "gone"))
        {
            await first.Publish(new RemindLater(Guid.NewGuid()));
            await first.Journal.Until<RemindLater>(1);
        }

        await using var second = await Service.Start(broker, database, bus => bus.AddConsumer<OrderPlacedConsumer>(), name: "gone");

        await second.Journal.Until<OrderPlaced>(1);
    }

    private static void Consumers(IBusRegistrationConfigurator bus)
    {
        bus.AddConsumer<RemindLaterConsumer>();
        bus.AddConsumer<OrderPlacedConsumer>();
    }
}
