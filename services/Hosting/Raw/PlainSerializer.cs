using System.Net.Mime;
using MassTransit;

namespace LoopBus.Hosting.Raw;

/// <summary>Writes a plain message's own bytes.</summary>
internal sealed class PlainSerializer(ContentType contentType, byte[] body) : IMessageSerializer
{
    public ContentType ContentType => contentType;

    public MessageBody GetMessageBody<T>(SendContext<T> context)
        where T : class
    {
        context.ContentType = contentType;
        return new BytesMessageBody(body);
    }
}
