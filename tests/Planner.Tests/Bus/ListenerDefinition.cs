using MassTransit;

namespace LoopBus.Planner.Tests.Bus;

internal sealed class ListenerDefinition : ConsumerDefinition<Listener>
{
    public ListenerDefinition() => EndpointName = "coordinator";
}
