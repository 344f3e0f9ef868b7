using MassTransit;

namespace LoopBus.Persistence.Tests.Shop;

internal sealed class ItemAddedConsumer(Journal journal) : IConsumer<ItemAdded>
{
    public Task Consume(ConsumeContext<ItemAdded> context)
    {
        journal.Note(context);
        return Task.CompletedTask;
    }
}
