using MassTransit;

namespace LoopBus.Persistence.Tests.Shop;

/// <summary>Counts deliveries, not messages: a duplicate would be seen.</summary>
internal sealed class UncheckedConsumer(Journal journal) : IConsumer<OrderPlaced>
{
    public Task Consume(ConsumeContext<OrderPlaced> context)
    {
        journal.Note(context);
        return Task.CompletedTask;
    }
}
