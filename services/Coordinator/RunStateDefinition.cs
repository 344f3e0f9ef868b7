using LoopBus.Coordinator.Overload;
using MassTransit;

namespace LoopBus.Coordinator;

internal sealed class RunStateDefinition : SagaDefinition<RunState>
{
    public RunStateDefinition() => EndpointName = "coordinator";

    protected override void ConfigureSaga(IReceiveEndpointConfigurator endpointConfigurator, ISagaConfigurator<RunState> sagaConfigurator, IRegistrationContext context) =>
        endpointConfigurator.UseFilter(new QueueLagFilter(context.GetRequiredService<QueueLag>(), context.GetRequiredService<TimeProvider>()));
}
