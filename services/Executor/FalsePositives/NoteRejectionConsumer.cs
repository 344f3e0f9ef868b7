using LoopBus.Contracts.Acts;
using LoopBus.Contracts.Approval;
using LoopBus.Persistence;
using MassTransit;

namespace LoopBus.Executor.FalsePositives;

/// <summary>Hears what people say to the coordinator about a posting, and keeps which findings they rejected, each once.</summary>
internal sealed class NoteRejectionConsumer(IRows rows, IUnitOfWork work) : IConsumer<RejectProposal<GatedAction>>
{
    public async Task Consume(ConsumeContext<RejectProposal<GatedAction>> context)
    {
        foreach (var rejected in RejectedFindings.Of(context.Message))
            if (await rows.Find<FalsePositive>(rejected.Key, context.CancellationToken) is null)
                work.Insert(rejected);
    }
}
