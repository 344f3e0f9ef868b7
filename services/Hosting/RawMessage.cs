namespace LoopBus.Hosting;

/// <summary>A message as it came, whatever it is: body, AMQP properties and headers. Text headers are strings.</summary>
public sealed record RawMessage(
    ReadOnlyMemory<byte> Body,
    string? ContentType,
    string? MessageId,
    string? CorrelationId,
    string? ReplyTo,
    string? Type,
    string Exchange,
    string RoutingKey,
    bool Redelivered,
    IReadOnlyDictionary<string, object?> Headers)
{
    /// <summary>A header as text, or null where it is missing.</summary>
    public string? Header(string name) => Headers.TryGetValue(name, out var value) ? value?.ToString() : null;
}
