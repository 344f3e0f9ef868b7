using LoopBus.Persistence.Tests.Shop;
using LoopBus.Testing;
using MassTransit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace LoopBus.Persistence.Tests;

public sealed class When_a_web_request_commits(BrokerFixture broker, DatabaseFixture database)
    : IClassFixture<BrokerFixture>, IClassFixture<DatabaseFixture>
{
    [Fact]
    public async Task Should_write_and_publish_together()
    {
        await using var service = await Service.Start(broker, database, bus => bus.AddConsumer<OrderPlacedConsumer>(), options: Patient);
        var id = Guid.NewGuid();

        await service.Commit(async (scope, outbox) =>
        {
            scope.GetRequiredService<ShopDbContext>().Orders.Add(new Order { Id = id, Text = "web" });
            await outbox.Publish(new OrderPlaced(id));
        });

        await service.Journal.Until<OrderPlaced>(1, seconds: 3);
        (await service.Read(shop => shop.Orders.AnyAsync(order => order.Id == id))).ShouldBeTrue();
    }

    [Fact]
    public async Task Should_read_what_it_wrote_in_the_same_scope()
    {
        await using var service = await Service.Start(broker, database, bus => bus.AddConsumer<OrderPlacedConsumer>(), name: "reading");
        await using var scope = service.Services.CreateAsyncScope();
        var shop = scope.ServiceProvider.GetRequiredService<ShopDbContext>();
        var unit = scope.ServiceProvider.GetRequiredService<IUnitOfWork>();
        var order = new Order { Id = Guid.NewGuid(), Text = "first" };

        shop.Orders.Add(order);
        await unit.Commit(CancellationToken.None);
        order.Text = "second";
        await unit.Commit(CancellationToken.None);

        order.Number.ShouldBePositive();
        (await shop.Orders.AsNoTracking().SingleAsync(row => row.Id == order.Id)).Text.ShouldBe("second");
    }

    [Fact]
    public async Task Should_publish_what_each_of_two_commits_of_a_scope_said()
    {
        await using var service = await Service.Start(broker, database, bus => bus.AddConsumer<OrderPlacedConsumer>(), name: "twice");
        await using var scope = service.Services.CreateAsyncScope();
        var outbox = scope.ServiceProvider.GetRequiredService<IPublishEndpoint>();
        var unit = scope.ServiceProvider.GetRequiredService<IUnitOfWork>();
        var (first, second) = (Guid.NewGuid(), Guid.NewGuid());

        await outbox.Publish(new OrderPlaced(first));
        await unit.Commit(CancellationToken.None);
        await outbox.Publish(new OrderPlaced(second));
        await unit.Commit(CancellationToken.None);

        await service.Journal.Until<OrderPlaced>(2);
        service.Journal.Of<OrderPlaced>().Select(placed => placed.OrderId).ShouldBe([first, second], ignoreOrder: true);
    }

    [Fact]
    public async Task Should_enlist_work_of_its_own_in_the_transaction()
    {
        await using var service = await Service.Start(broker, database, bus => bus.AddConsumer<OrderPlacedConsumer>(), name: "enlisting");
        var id = Guid.NewGuid();

        await Should.ThrowAsync<InvalidOperationException>(() => service.Commit(async (scope, outbox) =>
        {
            scope.GetRequiredService<ShopDbContext>().Orders.Add(new Order { Id = id, Text = "never" });
            await outbox.Publish(new OrderPlaced(id));
            scope.GetRequiredService<IUnitOfWork>().Enlist((_, _, _) => throw new InvalidOperationException("No."));
        }));

        (await service.Read(shop => shop.Orders.AnyAsync(order => order.Id == id))).ShouldBeFalse();
        (await database.Count($"shop.outbox where {DatabaseFixture.BodyHas($"{id}")}")).ShouldBe(0);
    }

    [SqlServerFact]
    public async Task Should_be_found_at_the_next_sweep_where_nobody_is_woken()
    {
        await using var web = await Service.Start(broker, database, _ => { }, options: options => options.Relay = false, name: "swept");
        await using var other = await Service.Start(
            broker, database, bus => bus.AddConsumer<OrderPlacedConsumer>(), options: options => options.SweepInterval = TimeSpan.FromSeconds(1), name: "swept");

        await web.Commit((_, outbox) => outbox.Publish(new OrderPlaced(Guid.NewGuid())));

        await other.Journal.Until<OrderPlaced>(1, seconds: 5);
    }

    [Fact]
    public async Task Should_go_out_at_once_though_the_clock_is_set_back_meanwhile()
    {
        await using var web = await Service.Start(
            broker, database, _ => { }, services => services.Replace(ServiceDescriptor.Singleton<TimeProvider>(new HourAhead())), options => options.Relay = false, name: "set-back");
        await using var other = await Service.Start(
            broker, database, bus => bus.AddConsumer<OrderPlacedConsumer>(), options: options => options.SweepInterval = TimeSpan.FromSeconds(1), name: "set-back");

        await web.Commit((_, outbox) => outbox.Publish(new OrderPlaced(Guid.NewGuid())));

        await other.Journal.Until<OrderPlaced>(1, seconds: 10);
    }

    [PostgreSqlFact("it is LISTEN and NOTIFY that wake another process")]
    public async Task Should_wake_another_process_where_its_own_sends_nothing()
    {
        await using var web = await Service.Start(broker, database, _ => { }, options: options => options.Relay = false, name: "woken");
        await using var other = await Service.Start(broker, database, bus => bus.AddConsumer<OrderPlacedConsumer>(), options: Patient, name: "woken");
        await Warm(web, other);

        await web.Commit((_, outbox) => outbox.Publish(new OrderPlaced(Guid.NewGuid())));

        await other.Journal.Until<OrderPlaced>(2, seconds: 10);
    }

    [PostgreSqlFact("it is about the connection that listens")]
    public async Task Should_still_be_heard_after_every_connection_broke()
    {
        await using var web = await Service.Start(broker, database, _ => { }, options: options => options.Relay = false, name: "broken");
        await using var other = await Service.Start(broker, database, bus => bus.AddConsumer<OrderPlacedConsumer>(), options: Patient, name: "broken");
        await Warm(web, other);

        await database.Execute(
            "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()");

        await Eventually.True(
            async () =>
            {
                await web.Commit((_, outbox) => outbox.Publish(new OrderPlaced(Guid.NewGuid())));
                return true;
            },
            TimeSpan.FromSeconds(10),
            "a commit over a new connection");
        await other.Journal.Until<OrderPlaced>(2, seconds: 10);
    }

    private sealed class HourAhead : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => base.GetUtcNow().AddHours(1);
    }

    private static void Patient(PersistenceOptions options) => options.SweepInterval = TimeSpan.FromMinutes(5);

    private static async Task Warm(Service web, Service other)
    {
        await web.Commit((_, outbox) => outbox.Publish(new OrderPlaced(Guid.NewGuid())));
        await other.Journal.Until<OrderPlaced>(1);
    }
}
