using LoopBus.Hosting.Raw;
using MassTransit;
using MassTransit.Configuration;

namespace LoopBus.Hosting;

/// <summary>An endpoint for messages of senders that know nothing of MassTransit.</summary>
public static class RawEndpoint
{
    /// <summary>
    /// Any bytes of any content type reach the consumer of <see cref="RawMessage"/>, or that of the act that <paramref name="read"/> finds in them; nothing is
    /// a deserialization error.
    /// </summary>
    public static void UseRawMessages(this IReceiveEndpointConfigurator endpoint, Func<RawMessage, ForeignAct?>? read = null)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        endpoint.ConfigureConsumeTopology = false;
        endpoint.ClearSerialization();
        endpoint.AddSerializer(new SystemTextJsonMessageSerializerFactory(), isSerializer: true);
        endpoint.AddDeserializer(new RawDeserializer(read), isDefault: true);
    }
}
