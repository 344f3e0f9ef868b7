using MassTransit;
using MassTransit.Metadata;
using MassTransit.Serialization;

namespace LoopBus.Hosting.Raw;

/// <summary>A foreign message says nothing that MassTransit may act upon: only its identity and its headers count.</summary>
internal sealed class RawMessageContext(RawMessage message, ReceiveContext context) : MessageContext
{
    public Guid? MessageId { get; } = RawMessages.Identity(message);

    public Guid? RequestId => null;

    public Guid? CorrelationId => null;

    public Guid? ConversationId { get; } = Guid.TryParse(message.Header(Contracts.Acts.AclParameter.ConversationId), out var id) ? id : null;

    public Guid? InitiatorId => null;

    public DateTime? ExpirationTime => null;

    public Uri? SourceAddress => null;

    public Uri DestinationAddress => context.InputAddress;

    public Uri? ResponseAddress => null;

    public Uri? FaultAddress => null;

    public DateTime? SentTime => null;

    // None, or MassTransit would hand them down to what the consumer says; RawMessage has them.
    public Headers Headers => EmptyHeaders.Instance;

    public HostInfo Host => HostMetadataCache.Empty;
}
