using MassTransit;
using Microsoft.Extensions.Options;

namespace LoopBus.Planner;

internal sealed class MakePlanConsumerDefinition : ConsumerDefinition<MakePlanConsumer>
{
    public MakePlanConsumerDefinition(IOptions<PlannerOptions> options)
    {
        EndpointName = "planner";
        ConcurrentMessageLimit = options.Value.Concurrency;
    }
}
