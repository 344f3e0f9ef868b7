using LoopBus.Contracts.Acts;
using LoopBus.Contracts.Execution;
using LoopBus.Executor.Steps;
using LoopBus.Hosting;
using MassTransit;
using Microsoft.Extensions.Options;

namespace LoopBus.Executor;

/// <summary>Runs a step, and informs of its result, refuses it, or says why it failed.</summary>
internal sealed class ExecuteStepConsumer(StepService steps, IOptions<ExecutorOptions> options) : IConsumer<Request<ExecuteStep>>
{
    public async Task Consume(ConsumeContext<Request<ExecuteStep>> context)
    {
        // A kind that was away may find what was asked of it long ago.
        var endBy = options.Value.Kind is null ? null : context.Acl().ReplyBy;
        var end = await steps.Run(context.Message.Content, endBy, context.CancellationToken);

        await (end.Outcome.End switch
        {
            StepEnd.Done => context.Reply(new Inform<StepResult>(end.Result)),
            StepEnd.Refused => context.Reply(new Refuse<ExecuteStep>(end.Step, end.Outcome.Reason!)),
            _ => context.Reply(new Failure<ExecuteStep>(end.Step, end.Outcome.Reason!)),
        });
    }
}
