using LoopBus.Persistence.Tests.Shop;
using LoopBus.Testing;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;

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
        (came - asked).ShouldBeGreaterThanOrEqualTo(RemindLaterConsumer.Delay);
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

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Should_not_send_what_was_taken_back(bool before)
    {
        await using var service = await Service.Start(broker, database, Consumers, name: "withdrawing");
        await using var scope = service.Services.CreateAsyncScope();
        var outbox = scope.ServiceProvider.GetRequiredService<IPublishEndpoint>();
        var unit = scope.ServiceProvider.GetRequiredService<IUnitOfWork>();
        var (withdrawn, kept) = (Guid.NewGuid(), Guid.NewGuid());

        await outbox.Publish(new OrderPlaced(withdrawn), message => message.Delay = TimeSpan.FromSeconds(1));
        var row = unit.LastSaid!;
        await outbox.Publish(new OrderPlaced(kept), message => message.Delay = TimeSpan.FromSeconds(2));
        if (!before)
            await unit.Commit(CancellationToken.None);
        unit.Withdraw(row);
        await unit.Commit(CancellationToken.None);

        await Eventually.True(() => service.Journal.Of<OrderPlaced>().Contains(new OrderPlaced(kept)), TimeSpan.FromSeconds(10), "what was kept");
        service.Journal.Of<OrderPlaced>().ShouldNotContain(new OrderPlaced(withdrawn));
    }

    private static void Consumers(IBusRegistrationConfigurator bus)
    {
        bus.AddConsumer<RemindLaterConsumer>();
        bus.AddConsumer<OrderPlacedConsumer>();
    }
}
