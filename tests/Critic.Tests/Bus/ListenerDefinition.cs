using MassTransit;

namespace LoopBus.Critic.Tests.Bus;

internal sealed class ListenerDefinition : ConsumerDefinition<Listener>
{
    public ListenerDefinition() => EndpointName = "coordinator";
}
