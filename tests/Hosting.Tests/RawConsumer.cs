using MassTransit;

namespace LoopBus.Hosting.Tests;

internal sealed class RawConsumer(Heard<RawMessage> heard) : IConsumer<RawMessage>
{
    public Task Consume(ConsumeContext<RawMessage> context)
    {
        heard.Add(context.Message);
        return Task.CompletedTask;
    }
}
