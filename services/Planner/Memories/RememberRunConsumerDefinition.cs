using MassTransit;
using Microsoft.Extensions.Options;

namespace LoopBus.Planner.Memories;

internal sealed class RememberRunConsumerDefinition : ConsumerDefinition<RememberRunConsumer>
{
    public RememberRunConsumerDefinition(IOptions<PlannerOptions> options)
    {
        EndpointName = "planner";
        ConcurrentMessageLimit = options.Value.Concurrency;
    }
}
