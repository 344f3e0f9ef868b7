using LoopBus.Hosting.Raw;
using MassTransit;
using MassTransit.Configuration;

namespace LoopBus.Hosting;

/// <summary>An endpoint for messages of senders that know nothing of MassTransit.</summary>
public static class RawEndpoint
{
    /// <summary>Any bytes of any content type reach the consumer of <see cref="RawMessage"/>; nothing is a deserialization error.</summary>
    public static void UseRawMessages(this IReceiveEndpointConfigurator endpoint)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        endpoint.ConfigureConsumeTopology = false;
        endpoint.ClearSerialization();
        endpoint.AddSerializer(new SystemTextJsonMessageSerializerFactory(), isSerializer: true);
        endpoint.AddDeserializer(new RawDeserializer(), isDefault: true);
    }
}
