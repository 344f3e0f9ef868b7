using LoopBus.Contracts.Acts;
using LoopBus.Contracts.Execution;
using MassTransit;

namespace LoopBus.Executor.Bidding;

/// <summary>Takes note that another has a step: nothing was held for it.</summary>
internal sealed class BidRejectedConsumer(ILogger<BidRejectedConsumer> logger) : IConsumer<RejectProposal<Bid>>
{
    public Task Consume(ConsumeContext<RejectProposal<Bid>> context)
    {
        var (bid, reason) = (context.Message.Content, context.Message.Reason);
        ExecutorLog.BidRejected(logger, bid.TaskId, bid.StepId, reason.Text);

        return Task.CompletedTask;
    }
}
