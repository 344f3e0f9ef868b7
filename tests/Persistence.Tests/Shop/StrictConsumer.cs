using MassTransit;

namespace LoopBus.Persistence.Tests.Shop;

/// <summary>Can not take the same order a second time.</summary>
internal sealed class StrictConsumer(Journal journal) : IConsumer<OrderPlaced>
{
    public Task Consume(ConsumeContext<OrderPlaced> context)
    {
        var known = journal.Of<OrderPlaced>().Contains(context.Message);
        journal.Note(context);
        return known ? throw new InvalidOperationException("The order was placed before.") : Task.CompletedTask;
    }
}
