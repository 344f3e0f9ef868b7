using LoopBus.Contracts.Acts;
using LoopBus.Contracts.Execution;
using LoopBus.Executor.Ledger;
using LoopBus.Hosting;
using LoopBus.Persistence;
using MassTransit;

namespace LoopBus.Executor;

/// <summary>Keeps that no further step of a segment may begin, for whichever executor is at it; the segment's own result is the answer.</summary>
internal sealed class CancelSegmentConsumer(IRows rows, IUnitOfWork work, TimeProvider time) : IConsumer<Cancel<ExecuteSegment>>
{
    public async Task Consume(ConsumeContext<Cancel<ExecuteSegment>> context)
    {
        if (context.Acl().ConversationId is not { } conversation || await rows.Find<SegmentHalt>(conversation, context.CancellationToken) is not null)
            return;

        work.Insert(new SegmentHalt
        {
            ConversationId = conversation,
            TaskId = context.Message.Content.TaskId,
            Reason = context.Message.Reason,
            HaltedAt = time.GetUtcNow(),
        });
    }
}
