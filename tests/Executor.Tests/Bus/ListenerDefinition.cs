using MassTransit;

namespace LoopBus.Executor.Tests.Bus;

internal sealed class ListenerDefinition : ConsumerDefinition<Listener>
{
    public ListenerDefinition() => EndpointName = "coordinator";
}
