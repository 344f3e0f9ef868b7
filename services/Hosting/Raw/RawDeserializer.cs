using System.Net.Mime;
using MassTransit;
using MassTransit.Serialization;

namespace LoopBus.Hosting.Raw;

/// <summary>Takes any bytes of any content type, and never fails.</summary>
internal sealed class RawDeserializer(Func<RawMessage, ForeignAct?>? read) : IMessageDeserializer, ISerializerFactory
{
    public ContentType ContentType { get; } = new("application/octet-stream");

    public ConsumeContext Deserialize(ReceiveContext receiveContext)
    {
        var message = RawMessages.From(receiveContext);
        var foreign = read?.Invoke(message);
        if (foreign is not null)
            receiveContext.AddOrUpdatePayload(() => foreign, _ => foreign);
        return new BodyConsumeContext(receiveContext, new RawSerializerContext(foreign?.Act ?? message, new RawMessageContext(message, foreign?.Parameters, receiveContext)));
    }

    public SerializerContext Deserialize(MessageBody body, Headers headers, Uri? destinationAddress = null) =>
        throw new NotSupportedException("A raw endpoint reads messages from its queue only.");

    public MessageBody GetMessageBody(string text) => new StringMessageBody(text);

    public IMessageSerializer CreateSerializer() => throw new NotSupportedException("A raw endpoint only reads; it sends with the bus's serializer.");

    public IMessageDeserializer CreateDeserializer() => this;

    public void Probe(ProbeContext context) => context.CreateScope("raw").Add("contentType", "any");
}
