using LoopBus.Contracts.Acts;
using LoopBus.Contracts.Execution;
using LoopBus.Executor.Steps;
using LoopBus.Hosting;
using MassTransit;
using Microsoft.Extensions.Options;

namespace LoopBus.Executor.Bidding;

/// <summary>Bids for a step that is announced, or refuses to.</summary>
internal sealed class StepAnnouncedConsumer(Admission admission, TrackRecord record, IOptions<ExecutorOptions> options, TimeProvider time) : IConsumer<CallForProposal<ExecuteStep>>
{
    public async Task Consume(ConsumeContext<CallForProposal<ExecuteStep>> context)
    {
        var step = context.Message.Content;
        var late = context.Acl().ReplyBy < time.GetUtcNow() ? new Reason("late", "The time for bids is over.") : null;
        if ((late ?? admission.Recognise(step).Problem) is { } problem)
        {
            await context.Reply(new Refuse<ExecuteStep>(step, problem));
            return;
        }

        var (confidence, seconds) = record.Of(step.Tool);
        await context.Reply(new Propose<Bid>(new Bid(
            step.TaskId, step.StepId, step.Attempt, options.Value.Queue,
            Load: Math.Min(1, (double)record.Running / options.Value.Concurrency),
            confidence,
            options.Value.Prices.TryGetValue(step.Tool, out var price) ? price : null,
            seconds)));
    }
}
