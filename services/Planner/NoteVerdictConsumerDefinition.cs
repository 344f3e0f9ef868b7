using MassTransit;
using Microsoft.Extensions.Options;

namespace LoopBus.Planner;

internal sealed class NoteVerdictConsumerDefinition : ConsumerDefinition<NoteVerdictConsumer>
{
    public NoteVerdictConsumerDefinition(IOptions<PlannerOptions> options)
    {
        EndpointName = "planner";
        ConcurrentMessageLimit = options.Value.Concurrency;
    }
}
