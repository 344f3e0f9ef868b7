using LoopBus.Contracts.Acts;
using LoopBus.Contracts.Execution;
using MassTransit;

namespace LoopBus.Hosting.Tests;

internal sealed class AnsweringConsumer(Heard<AclParameters> heard) : IConsumer<Request<ExecuteStep>>
{
    public async Task Consume(ConsumeContext<Request<ExecuteStep>> context)
    {
        await context.Reply(new Inform<StepResult>(Steps.Result(context.Message.Content)));
        heard.Add(context.Acl());
    }
}
