using LoopBus.Persistence.Tests.Shop;
using LoopBus.Testing;
using MassTransit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace LoopBus.Persistence.Tests;

public sealed class When_messages_are_observed(BrokerFixture broker, DatabaseFixture database)
    : IClassFixture<BrokerFixture>, IClassFixture<DatabaseFixture>
{
    [Fact]
    public async Task Should_write_what_went_in_and_out_with_the_message()
    {
        await using var service = await Service.Start(
            broker,
            database,
            bus =>
            {
                bus.AddConsumer<PlaceOrderConsumer>();
                bus.AddConsumer<OrderPlacedConsumer>();
            },
            services => services.AddScoped<IMessageObserver, History>());

        await service.Publish(new PlaceOrder(Guid.NewGuid(), "observed"));

        await service.Journal.Until<OrderPlaced>(1);
        await Eventually.True(
            () => service.Read(async shop => await shop.Orders.CountAsync(order => order.Text.StartsWith("history")) == 3), TimeSpan.FromSeconds(10), "3 lines");
        (await service.Read(shop => shop.Orders.Where(order => order.Text.StartsWith("history")).OrderBy(order => order.Number)
            .Select(order => order.Text).ToListAsync())).ShouldBe(["history: in PlaceOrder", "history: out OrderPlaced", "history: in OrderPlaced"]);
    }

    private sealed class History(IUnitOfWork work) : IMessageObserver
    {
        public void Consumed(ConsumeContext context, object message) => Line($"in {message.GetType().Name}");

        public void Sent(SendContext context, object message) => Line($"out {message.GetType().Name}");

        private void Line(string text) => work.Append(new Order { Id = Guid.CreateVersion7(), Text = "history: " + text });
    }
}
