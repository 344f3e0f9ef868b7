using LoopBus.Persistence.Tests.Shop;
using LoopBus.Testing;
using MassTransit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace LoopBus.Persistence.Tests;

public sealed class When_rows_are_written_without_a_context(BrokerFixture broker, DatabaseFixture database)
    : IClassFixture<BrokerFixture>, IClassFixture<DatabaseFixture>
{
    [Fact]
    public async Task Should_append_them_in_order_with_the_message()
    {
        await using var service = await Service.Start(
            broker,
            database,
            bus => bus.AddConsumer<OrderPlacedConsumer>(),
            services => services.AddScoped<IMessageObserver, History>(),
            name: "appending");
        var id = Guid.NewGuid();

        await service.Commit(async (scope, outbox) =>
        {
            var unit = scope.GetRequiredService<IUnitOfWork>();
            var order = new Order { Id = id, Text = "appended" };
            unit.Append(order);
            await outbox.Publish(new OrderPlaced(id));
            unit.Change(order, changed => changed.Text = "appended, then changed");
        });

        await service.Journal.Until<OrderPlaced>(1);
        await Eventually.True(() => service.Read(shop => shop.Orders.AnyAsync(order => order.Text == "history: in")), TimeSpan.FromSeconds(10), "the last line");
        (await service.Read(shop => shop.Orders.OrderBy(order => order.Number).Select(order => order.Text).ToListAsync()))
            .ShouldBe(["appended, then changed", "history: out", "history: in"]);
    }

    [Fact]
    public async Task Should_change_one_only_as_it_was_read()
    {
        await using var service = await Service.Start(broker, database, _ => { }, name: "changing");
        var rows = service.Services.GetRequiredService<IRows>();
        var ticket = new Ticket { Key = "one", Holder = "nobody" };
        (await rows.Commit(write => write.Insert(ticket), CancellationToken.None)).ShouldBeTrue();
        (await rows.Commit(write => write.Insert(ticket), CancellationToken.None)).ShouldBeFalse();
        var mine = (await rows.Find<Ticket>("one", CancellationToken.None))!;
        var others = (await rows.Find<Ticket>("one", CancellationToken.None))!;

        (await rows.Commit(write => write.Change(mine, Take("me")), CancellationToken.None)).ShouldBeTrue();
        (await rows.Commit(
            write =>
            {
                write.Insert(new Ticket { Key = "with it", Holder = "them" });
                write.Change(others, Take("them"));
            },
            CancellationToken.None)).ShouldBeFalse();
        (await rows.Commit(write => write.Update(new Ticket { Key = "one", Holder = "me again", Turn = 2 }, 0, null), CancellationToken.None)).ShouldBeFalse();
        (await rows.Commit(write => write.Update(new Ticket { Key = "one", Holder = "me again", Turn = 2 }, 1, null), CancellationToken.None)).ShouldBeTrue();
        await Should.ThrowAsync<ConcurrencyConflictException>(() => service.Commit((scope, outbox) =>
        {
            scope.GetRequiredService<IUnitOfWork>().Change(new Ticket { Key = "one", Holder = "nobody" }, Take("late"));
            return outbox.Publish(new OrderPlaced(Guid.NewGuid()));
        }));

        (await rows.Find<Ticket>("one", CancellationToken.None))!.Holder.ShouldBe("me again");
        (await rows.Find<Ticket>("with it", CancellationToken.None)).ShouldBeNull();
        (await rows.Find<Ticket>("none", CancellationToken.None)).ShouldBeNull();
        (await database.Count("shop.outbox")).ShouldBe(0);
    }

    [Fact]
    public async Task Should_find_each_of_many_at_once()
    {
        await using var service = await Service.Start(broker, database, _ => { }, name: "finding");
        var rows = service.Services.GetRequiredService<IRows>();
        var keys = Enumerable.Range(0, 300).Select(number => $"find {number}").ToList();
        (await Task.WhenAll(keys.Select(key => rows.Commit(write => write.Insert(new Ticket { Key = key, Holder = key }), CancellationToken.None)))).ShouldAllBe(written => written);

        var found = await Task.WhenAll(keys.Concat(keys).Select(key => rows.Find<Ticket>(key, CancellationToken.None)));

        found.Select(ticket => ticket!.Holder).ShouldBe(keys.Concat(keys));
        // Nobody shares a row with another: each may change its own.
        found.Distinct(ReferenceEqualityComparer.Instance).Count().ShouldBe(600);
    }

    private static Action<Ticket> Take(string by) => ticket => (ticket.Holder, ticket.Turn) = (by, ticket.Turn + 1);

    private sealed class History(IUnitOfWork unit) : IMessageObserver
    {
        public void Consumed(ConsumeContext context, object message) => Line("in");

        public void Sent(SendContext context, object message) => Line("out");

        private void Line(string text) => unit.Append(new Order { Id = Guid.CreateVersion7(), Text = "history: " + text });
    }
}
