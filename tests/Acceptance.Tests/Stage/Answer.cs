using System.Text;
using System.Text.Json;
using RabbitMQ.Client;

namespace LoopBus.Acceptance.Tests.Stage;

/// <summary>One message as a client outside gets it.</summary>
internal sealed record Answer(string Text, string RoutingKey, string? MessageId, string? CorrelationId, IReadOnlyDictionary<string, string> Headers)
{
    public JsonElement Json => JsonSerializer.Deserialize<JsonElement>(Text);

    public string? Performative => Json.TryGetProperty("performative", out var performative) ? performative.GetString() : null;

    public static Answer Of(IReadOnlyBasicProperties properties, string routingKey, ReadOnlyMemory<byte> body) => new(
        Encoding.UTF8.GetString(body.Span),
        routingKey,
        properties.MessageId,
        properties.CorrelationId,
        (properties.Headers ?? new Dictionary<string, object?>())
            .ToDictionary(header => header.Key, header => header.Value is byte[] text ? Encoding.UTF8.GetString(text) : $"{header.Value}"));
}
