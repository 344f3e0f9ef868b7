using System.Text.Json;
using MassTransit;
using MassTransit.Context;

namespace LoopBus.Persistence.Outbox;

/// <summary>Everything of a sent message but its body, so that sending it later is the same send.</summary>
internal sealed record OutboxEnvelope
{
    public Guid? RequestId { get; init; }
    public Guid? CorrelationId { get; init; }
    public Guid? ConversationId { get; init; }
    public Guid? InitiatorId { get; init; }
    public Uri? SourceAddress { get; init; }
    public Uri? ResponseAddress { get; init; }
    public Uri? FaultAddress { get; init; }
    public required string ContentType { get; init; }
    public DateTimeOffset? ExpiresAt { get; init; }
    public required string[] MessageTypes { get; init; }
    public required Dictionary<string, object?> Headers { get; init; }

    /// <summary>What the transport adds: mandatory, routing key, priority.</summary>
    public required Dictionary<string, object?> Properties { get; init; }

    public static OutboxEnvelope Of(SendContext context, DateTimeOffset now)
    {
        var properties = new Dictionary<string, object?>(StringComparer.OrdinalIgnoreCase);
        if (context is TransportSendContext transport)
            transport.WritePropertiesTo(properties!);
        // The due time of the row is the delay; the broker must not add its own.
        properties.Remove(nameof(SendContext.Delay));
        return new OutboxEnvelope
        {
            RequestId = context.RequestId,
            CorrelationId = context.CorrelationId,
            ConversationId = context.ConversationId,
            InitiatorId = context.InitiatorId,
            SourceAddress = context.SourceAddress,
            ResponseAddress = context.ResponseAddress,
            FaultAddress = context.FaultAddress,
            ContentType = (context.ContentType ?? context.Serializer.ContentType).ToString(),
            ExpiresAt = now + context.TimeToLive,
            MessageTypes = context.SupportedMessageTypes ?? [],
            Headers = context.Headers.GetAll().ToDictionary(header => header.Key, header => (object?)header.Value, StringComparer.OrdinalIgnoreCase),
            Properties = properties,
        };
    }

    public static OutboxEnvelope FromJson(string json)
    {
        var envelope = JsonSerializer.Deserialize<OutboxEnvelope>(json)!;
        return envelope with { Headers = Plain(envelope.Headers), Properties = Plain(envelope.Properties) };
    }

    public string ToJson() => JsonSerializer.Serialize(this);

    private static Dictionary<string, object?> Plain(Dictionary<string, object?> values) =>
        values.ToDictionary(pair => pair.Key, pair => pair.Value is JsonElement json ? Plain(json) : pair.Value, StringComparer.OrdinalIgnoreCase);

    private static object? Plain(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.String => json.GetString(),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.Number => json.TryGetInt64(out var number) ? number : json.GetDouble(),
        JsonValueKind.Null => null,
        _ => json.GetRawText(),
    };
}
