using LoopBus.Persistence.Tests.Shop;
using LoopBus.Testing;
using MassTransit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace LoopBus.Persistence.Tests;

public sealed class When_a_process_crashes(BrokerFixture broker, DatabaseFixture database)
    : IClassFixture<BrokerFixture>, IClassFixture<DatabaseFixture>
{
    [Fact]
    public async Task Should_begin_again_before_the_commit()
    {
        var (journal, order) = await Crash(CommitPoint.BeforeCommit);

        journal.Of<PlaceOrder>().Count.ShouldBe(2);
        journal.Of<OrderPlaced>().ShouldBe([new OrderPlaced(order)]);
    }

    [Fact]
    public async Task Should_only_publish_after_the_commit()
    {
        var (journal, order) = await Crash(CommitPoint.AfterCommit);

        journal.Of<PlaceOrder>().Count.ShouldBe(1);
        journal.Of<OrderPlaced>().ShouldBe([new OrderPlaced(order)]);
    }

    [Fact]
    public async Task Should_handle_it_no_second_time_after_the_publish()
    {
        var (journal, order) = await Crash(CommitPoint.AfterSend);

        journal.Of<PlaceOrder>().Count.ShouldBe(1);
        // Sent again at most, under the same message id: the receiver's inbox takes it once.
        journal.Of<OrderPlaced>().ShouldBe([new OrderPlaced(order)]);
    }

    [Theory]
    [InlineData(CommitPoint.RelayTook)]
    [InlineData(CommitPoint.RelaySent)]
    public async Task Should_have_the_relay_bring_what_it_had_in_hand(CommitPoint point)
    {
        var order = Guid.NewGuid();
        await using var service = await Service.Start(
            broker,
            database,
            bus => bus.AddConsumer<OrderPlacedConsumer>(),
            services => services.AddSingleton<ICommitFault>(new FaultAt(point)),
            Hasty,
            name: $"relay-{point}");

        await service.Commit((_, endpoint) => endpoint.Publish(new OrderPlaced(order)));

        await Eventually.True(
            async () => await database.Count("shop.outbox") == 0, TimeSpan.FromSeconds(20), "an empty outbox");
        await service.Journal.Until<OrderPlaced>(1);
        service.Journal.Of<OrderPlaced>().ShouldBe([new OrderPlaced(order)]);
    }

    [Fact]
    public async Task Should_have_another_process_publish_what_was_left_when_the_message_never_comes_back()
    {
        var order = Guid.NewGuid();
        await using var receiver = await Service.Start(
            broker, database, bus => bus.AddConsumer<OrderPlacedConsumer>(), options: Hasty, name: "left");
        await using (var crashing = await Service.Start(
            broker,
            database,
            bus => bus.AddConsumer<PlaceOrderConsumer>(),
            services => services.AddSingleton<ICommitFault>(new FaultAt(CommitPoint.AfterCommit, times: int.MaxValue)),
            options =>
            {
                Hasty(options);
                options.Relay = false;
            },
            name: "left",
            retries: 0))
        {
            await crashing.Publish(new PlaceOrder(order, "left"));
            await Eventually.True(async () => await broker.Ready("left-place-order_error") == 1, TimeSpan.FromSeconds(10), "the crash");
        }

        await receiver.Journal.Until<OrderPlaced>(1);
        receiver.Journal.Of<OrderPlaced>().ShouldBe([new OrderPlaced(order)]);
    }

    private static void Hasty(PersistenceOptions options)
    {
        options.Lease = TimeSpan.FromSeconds(2);
        options.SendTimeout = TimeSpan.FromSeconds(1);
        options.SweepInterval = TimeSpan.FromMilliseconds(200);
    }

    private async Task<(Journal Journal, Guid Order)> Crash(CommitPoint point)
    {
        var order = Guid.NewGuid();
        await using var service = await Service.Start(
            broker,
            database,
            bus =>
            {
                bus.AddConsumer<PlaceOrderConsumer>();
                bus.AddConsumer<OrderPlacedConsumer>();
            },
            services => services.AddSingleton<ICommitFault>(new FaultAt(point)),
            name: $"at-{point}");

        await service.Publish(new PlaceOrder(order, "crash"));

        await service.Journal.Until<OrderPlaced>(1);
        await Eventually.True(
            async () => await database.Count("shop.outbox") == 0, TimeSpan.FromSeconds(10), "an empty outbox");
        (await service.Read(shop => shop.Orders.CountAsync(placed => placed.Id == order))).ShouldBe(1);
        return (service.Journal, order);
    }
}
