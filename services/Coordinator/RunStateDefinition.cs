using MassTransit;

namespace LoopBus.Coordinator;

internal sealed class RunStateDefinition : SagaDefinition<RunState>
{
    public RunStateDefinition() => EndpointName = "coordinator";
}
