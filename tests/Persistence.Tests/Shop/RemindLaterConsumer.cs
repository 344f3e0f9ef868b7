using MassTransit;

namespace LoopBus.Persistence.Tests.Shop;

internal sealed class RemindLaterConsumer(Journal journal) : IConsumer<RemindLater>
{
    public static readonly TimeSpan Delay = TimeSpan.FromSeconds(1);

    public async Task Consume(ConsumeContext<RemindLater> context)
    {
        journal.Note(context);
        await context.Publish(new OrderPlaced(context.Message.OrderId), message => message.Delay = Delay, context.CancellationToken);
    }
}
