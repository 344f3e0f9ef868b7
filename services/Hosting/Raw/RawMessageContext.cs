using LoopBus.Hosting.Acl;
using MassTransit;
using MassTransit.Metadata;
using MassTransit.Serialization;

namespace LoopBus.Hosting.Raw;

/// <summary>A foreign message says nothing that MassTransit may act upon: only its identity counts, and the parameters of the act that it stands for.</summary>
internal sealed class RawMessageContext(RawMessage message, AclParameters? act, ReceiveContext context) : MessageContext
{
    public Guid? MessageId { get; } = RawMessages.Identity(message);

    public Guid? RequestId => null;

    public Guid? CorrelationId => null;

    public Guid? ConversationId { get; } = act is not null ? act.ConversationId : Guid.TryParse(message.Header(Contracts.Acts.AclParameter.ConversationId), out var id) ? id : null;

    public Guid? InitiatorId => null;

    public DateTime? ExpirationTime => null;

    public Uri? SourceAddress => null;

    public Uri DestinationAddress => context.InputAddress;

    public Uri? ResponseAddress => null;

    public Uri? FaultAddress => null;

    public DateTime? SentTime => null;

    // None of the sender's, or MassTransit would hand them down to what the consumer says; RawMessage has them.
    public Headers Headers { get; } = act is null ? EmptyHeaders.Instance : AclHeaders.Of(act);

    public HostInfo Host => HostMetadataCache.Empty;
}
