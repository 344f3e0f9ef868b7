using LoopBus.Contracts.Acts;
using LoopBus.Contracts.Execution;
using LoopBus.Executor.Steps;
using LoopBus.Hosting;
using MassTransit;

namespace LoopBus.Executor.Bidding;

/// <summary>Runs a step that was awarded to it, and informs of its result or says why it failed.</summary>
internal sealed class BidAcceptedConsumer(StepService steps) : IConsumer<AcceptProposal<Bid>>
{
    public async Task Consume(ConsumeContext<AcceptProposal<Bid>> context)
    {
        if (context.Message.Content.Action is not { } step)
            throw new InvalidDataException("An accepted bid carries its step in Action; this one carries none.");

        var end = await steps.Run(step, context.Acl().ReplyBy, context.CancellationToken);

        await (end.Outcome.End == StepEnd.Done
            ? context.Reply(new Inform<StepResult>(end.Result))
            : context.Reply(new Failure<ExecuteStep>(end.Step, end.Outcome.Reason!)));
    }
}
