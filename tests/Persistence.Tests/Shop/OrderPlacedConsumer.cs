using MassTransit;

namespace LoopBus.Persistence.Tests.Shop;

internal sealed class OrderPlacedConsumer(Journal journal) : IConsumer<OrderPlaced>
{
    public Task Consume(ConsumeContext<OrderPlaced> context)
    {
        journal.Note(context);
        return Task.CompletedTask;
    }
}
