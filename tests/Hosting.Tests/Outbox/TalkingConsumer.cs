using LoopBus.Contracts.Acts;
using LoopBus.Contracts.Execution;
using MassTransit;

namespace LoopBus.Hosting.Tests.Outbox;

internal sealed class TalkingConsumer(Func<ConsumeContext, Task> talk) : IConsumer<Request<ExecuteStep>>
{
    public Task Consume(ConsumeContext<Request<ExecuteStep>> context) => talk(context);
}
