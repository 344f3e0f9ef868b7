using System.Net.Mime;
using System.Text;
using MassTransit;

namespace LoopBus.Persistence.Outbox;

/// <summary>A body that was serialized before, sent as it is.</summary>
internal sealed class StoredBody(byte[] body, string contentType) : IMessageSerializer, MessageBody
{
    public ContentType ContentType { get; } = new(contentType);

    public long? Length => body.Length;

    public MessageBody GetMessageBody<T>(SendContext<T> context)
        where T : class => this;

    public Stream GetStream() => new MemoryStream(body, writable: false);

    public byte[] GetBytes() => body;

    public string GetString() => Encoding.UTF8.GetString(body);
}
