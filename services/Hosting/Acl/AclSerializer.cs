using System.Net.Mime;
using MassTransit;
using MassTransit.Serialization;

namespace LoopBus.Hosting.Acl;

/// <summary>
/// MassTransit's JSON envelope. A body is written last, whether a message goes to the broker or into an outbox: the one place where every
/// setting of its sender is known and its headers can still be completed.
/// </summary>
internal sealed class AclSerializer(string service) : IMessageSerializer, ISerializerFactory
{
    private readonly SystemTextJsonMessageSerializer _json = new();

    public ContentType ContentType => _json.ContentType;

    public MessageBody GetMessageBody<T>(SendContext<T> context)
        where T : class
    {
        AclHeaders.Complete(context, service);
        return _json.GetMessageBody(context);
    }

    public IMessageSerializer CreateSerializer() => this;

    public IMessageDeserializer CreateDeserializer() => _json;
}
