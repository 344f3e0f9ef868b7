using LoopBus.Contracts.Acts;
using LoopBus.Contracts.Execution;
using MassTransit;

namespace LoopBus.Hosting.Tests;

internal sealed class NotingConsumer(Heard<string> heard) : IConsumer<Request<ExecuteStep>>
{
    public Task Consume(ConsumeContext<Request<ExecuteStep>> context)
    {
        heard.Add(context.Message.Content.TaskId);
        return Task.CompletedTask;
    }
}
