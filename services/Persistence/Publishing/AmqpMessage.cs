using System.Text.Json;
using System.Text.Json.Serialization;
using MassTransit;

namespace LoopBus.Persistence.Publishing;

/// <summary>Everything of a message but its body, as AMQP 0-9-1 will carry it: where it goes, its properties and its headers.</summary>
internal sealed record AmqpMessage
{
    public required string Exchange { get; init; }
    public required string RoutingKey { get; init; }

    /// <summary>What the exchange is declared as; null where it is not to be declared: the default exchange.</summary>
    public ExchangeKind? Declared { get; init; }

    /// <summary>Whether it comes back where no queue takes it.</summary>
    public bool Mandatory { get; init; }

    public bool Durable { get; init; }
    public required string ContentType { get; init; }
    public string? MessageId { get; init; }
    public string? CorrelationId { get; init; }
    public string? ReplyTo { get; init; }
    public string? Type { get; init; }
    public DateTimeOffset? ExpiresAt { get; init; }
    public required Dictionary<string, object?> Headers { get; init; }

    /// <summary>What a send context has become when all that shapes it has run.</summary>
    public static AmqpMessage Of(SendContext context, DateTimeOffset now)
    {
        var amqp = context as RabbitMqSendContext
            ?? throw new InvalidOperationException($"A message to {context.DestinationAddress} is not one for RabbitMQ, and the outbox publishes to nothing else.");
        var destination = Destination.Of(amqp);
        var properties = amqp.BasicProperties;
        return new AmqpMessage
        {
            Exchange = destination.Exchange,
            RoutingKey = destination.RoutingKey,
            Declared = destination.Declared,
            Mandatory = amqp.Mandatory || (context.TryGetPayload(out PublishContext? publish) && publish.Mandatory),
            Durable = context.Durable,
            ContentType = (context.ContentType ?? context.Serializer.ContentType).ToString(),
            MessageId = context.MessageId?.ToString() ?? properties.MessageId,
            CorrelationId = context.CorrelationId?.ToString() ?? properties.CorrelationId,
            ReplyTo = properties.ReplyTo,
            Type = properties.Type,
            ExpiresAt = now + context.TimeToLive,
            Headers = HeaderValues.Of(context.Headers),
        };
    }

    public static AmqpMessage FromJson(string json)
    {
        var message = JsonSerializer.Deserialize(json, AmqpJson.Default.AmqpMessage)!;
        return message with { Headers = HeaderValues.Of(message.Headers) };
    }

    public string ToJson() => JsonSerializer.Serialize(this, AmqpJson.Default.AmqpMessage);
}

[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault)]
[JsonSerializable(typeof(AmqpMessage))]
[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(long))]
[JsonSerializable(typeof(double))]
internal sealed partial class AmqpJson : JsonSerializerContext;
