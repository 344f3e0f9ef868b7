using System.Collections.Concurrent;
using LoopBus.Contracts.Acts;
using LoopBus.Contracts.Compensation;
using LoopBus.Contracts.Execution;
using LoopBus.Hosting;
using MassTransit;

namespace LoopBus.Executor.Tests.Bus;

/// <summary>Stands where the coordinator stands, and keeps what it is told.</summary>
internal sealed class Listener(ConcurrentQueue<Answer> heard, ConcurrentQueue<SegmentResult> segments, ConcurrentQueue<Bid> bids) :
    IConsumer<Propose<Bid>>,
    IConsumer<Inform<StepResult>>,
    IConsumer<Refuse<ExecuteStep>>,
    IConsumer<Failure<ExecuteStep>>,
    IConsumer<Inform<SegmentResult>>,
    IConsumer<Refuse<ExecuteSegment>>,
    IConsumer<Inform<StepCompensated>>,
    IConsumer<Failure<CompensateStep>>
{
    public Task Consume(ConsumeContext<Propose<Bid>> context)
    {
        bids.Enqueue(context.Message.Content);
        return Task.CompletedTask;
    }

    public Task Consume(ConsumeContext<Inform<StepResult>> context)
    {
        var result = context.Message.Content;
        return Keep(context, new Answer("inform", result.TaskId, result.StepId, result.Output, null, result.FromLedger, null, null, result.Spent));
    }

    public Task Consume(ConsumeContext<Refuse<ExecuteStep>> context) =>
        Keep(context, new Answer("refuse", context.Message.Content.TaskId, context.Message.Content.StepId, default, context.Message.Reason, false, null, null));

    public Task Consume(ConsumeContext<Failure<ExecuteStep>> context) =>
        Keep(context, new Answer("failure", context.Message.Content.TaskId, context.Message.Content.StepId, default, context.Message.Reason, false, null, null));

    public Task Consume(ConsumeContext<Inform<SegmentResult>> context)
    {
        segments.Enqueue(context.Message.Content);
        return Task.CompletedTask;
    }

    public Task Consume(ConsumeContext<Refuse<ExecuteSegment>> context) =>
        Keep(context, new Answer("refuse", context.Message.Content.TaskId, context.Message.Content.FirstStepId, default, context.Message.Reason, false, null, null));

    public Task Consume(ConsumeContext<Inform<StepCompensated>> context) =>
        Keep(context, new Answer("inform", context.Message.Content.TaskId, context.Message.Content.StepId, context.Message.Content.Output, null, false, null, null));

    public Task Consume(ConsumeContext<Failure<CompensateStep>> context) =>
        Keep(context, new Answer("failure", context.Message.Content.TaskId, context.Message.Content.StepId, default, context.Message.Reason, false, null, null));

    private Task Keep(ConsumeContext context, Answer answer)
    {
        var acl = context.Acl();
        heard.Enqueue(answer with { Conversation = acl.ConversationId, InReplyTo = acl.InReplyTo });
        return Task.CompletedTask;
    }
}
