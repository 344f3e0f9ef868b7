using RabbitMQ.Client;

namespace LoopBus.Hosting.Connecting;

/// <summary>Where every connection of a service goes, and how: to any of the broker's nodes, and in TLS where that is set.</summary>
internal static class BrokerConnection
{
    public static void Apply(BrokerOptions broker, ConnectionFactory factory)
    {
        var trust = broker.Tls.Enabled ? new BrokerTrust(broker.Tls) : null;
        var nodes = Nodes(broker).Select(node => new AmqpTcpEndpoint(
            node.Host, node.Port, trust?.For(node.Host) ?? new SslOption(), factory.MaxInboundMessageBodySize)).ToArray();
        factory.EndpointResolverFactory = _ => new AnyNode(nodes);
    }

    /// <summary>Each as <c>host</c> or <c>host:port</c>; what has no port has the broker's.</summary>
    public static IEnumerable<(string Host, int Port)> Nodes(BrokerOptions broker)
    {
        if (broker.Nodes.Count == 0)
            return [(broker.Host, broker.Port)];
        return broker.Nodes.Select(node => new Uri($"amqp://{node}")).Select(uri => (uri.Host, uri.IsDefaultPort || uri.Port < 0 ? broker.Port : uri.Port));
    }
}
