using LoopBus.Contracts.Acts;
using LoopBus.Contracts.Execution;
using MassTransit;

namespace LoopBus.Hosting.Tests;

/// <summary>Fails for the tasks that it is told to fail for, and notes the others.</summary>
internal sealed class BreakableConsumer(Heard<string> heard, Breakage breakage) : IConsumer<Request<ExecuteStep>>
{
    public Task Consume(ConsumeContext<Request<ExecuteStep>> context)
    {
        if (breakage.Breaks(context.Message.Content.TaskId))
            throw new InvalidOperationException("the disk is gone");
        heard.Add(context.Message.Content.TaskId);
        return Task.CompletedTask;
    }
}
