using RabbitMQ.Client;

namespace LoopBus.Hosting.Connecting;

/// <summary>The nodes in another order each time: services spread over them, and one that answers but can not serve is not tried for ever.</summary>
internal sealed class AnyNode(IReadOnlyList<AmqpTcpEndpoint> nodes) : IEndpointResolver
{
    public IEnumerable<AmqpTcpEndpoint> All()
    {
        var order = nodes.ToArray();
        Random.Shared.Shuffle(order);
        return order;
    }
}
