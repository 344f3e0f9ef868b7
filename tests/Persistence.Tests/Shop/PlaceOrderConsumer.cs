using MassTransit;

namespace LoopBus.Persistence.Tests.Shop;

internal sealed class PlaceOrderConsumer(ShopDbContext shop, Journal journal) : IConsumer<PlaceOrder>
{
    public async Task Consume(ConsumeContext<PlaceOrder> context)
    {
        journal.Note(context);
        shop.Orders.Add(new Order { Id = context.Message.OrderId, Text = context.Message.Text });
        await context.Publish(new OrderPlaced(context.Message.OrderId), context.CancellationToken);
        if (context.Message.Text == "fails")
            throw new InvalidOperationException("The order fails.");
    }
}
