using MassTransit;

namespace LoopBus.Persistence.Tests.Shop;

/// <summary>Lets no message of a round through before all of them have come: they commit at the same time.</summary>
internal sealed class GatedConsumer(Gate gate) : IConsumer<RemindLater>
{
    public Task Consume(ConsumeContext<RemindLater> context) => gate.Pass().WaitAsync(TimeSpan.FromSeconds(20), context.CancellationToken);
}
