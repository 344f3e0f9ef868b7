using MassTransit;
using MassTransit.Context;

namespace LoopBus.Persistence.Outbox;

/// <summary>Gives a stored message its ids, addresses, headers and bytes back as it goes out.</summary>
internal sealed class StoredSend(OutboxMessage message, OutboxEnvelope envelope, DateTimeOffset now) : IPipe<SendContext>
{
    public Task Send(SendContext context)
    {
        if (message.MessageId is { } id)
            context.MessageId = id;
        context.RequestId = envelope.RequestId;
        context.CorrelationId = envelope.CorrelationId;
        context.ConversationId = envelope.ConversationId;
        context.InitiatorId = envelope.InitiatorId;
        context.SourceAddress = envelope.SourceAddress;
        context.ResponseAddress = envelope.ResponseAddress;
        context.FaultAddress = envelope.FaultAddress;
        context.SupportedMessageTypes = envelope.MessageTypes;
        context.TimeToLive = envelope.ExpiresAt - now;
        foreach (var (key, value) in envelope.Headers)
            context.Headers.Set(key, value, overwrite: true);
        if (context is TransportSendContext transport)
            transport.ReadPropertiesFrom(envelope.Properties!);
        context.Serializer = new StoredBody(message.Body, envelope.ContentType);
        return Task.CompletedTask;
    }

    public void Probe(ProbeContext context) => context.CreateScope("storedSend");
}
