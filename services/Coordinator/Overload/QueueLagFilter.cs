using LoopBus.Contracts.Acts;
using LoopBus.Contracts.Runs;
using MassTransit;

namespace LoopBus.Coordinator.Overload;

/// <summary>Notes how long each message of the coordinator's queue has waited when it comes; timers are said long before they go out, and do not count.</summary>
internal sealed class QueueLagFilter(QueueLag lag, TimeProvider time) : IFilter<ConsumeContext>
{
    public Task Send(ConsumeContext context, IPipe<ConsumeContext> next)
    {
        if (context.SentTime is { } said && !context.HasMessageType(typeof(Inform<DeadlinePassed>)))
            lag.Waited(time.GetUtcNow() - new DateTimeOffset(said.ToUniversalTime()));

        return next.Send(context);
    }

    public void Probe(ProbeContext context) => context.CreateFilterScope("queueLag");
}
