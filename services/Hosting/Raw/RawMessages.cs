using System.Collections;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using MassTransit;
using RabbitMQ.Client;

namespace LoopBus.Hosting.Raw;

/// <summary>Makes a <see cref="RawMessage"/> of an AMQP delivery.</summary>
internal static class RawMessages
{
    // The broker counts up this header at each redelivery of the same message.
    private const string DeliveryCount = "x-delivery-count";

    // A timestamp of AMQP is any number of seconds; not each is a time.
    private static readonly long Earliest = DateTimeOffset.MinValue.ToUnixTimeSeconds();
    private const int Deepest = 16;
    private static readonly long Latest = DateTimeOffset.MaxValue.ToUnixTimeSeconds();

    public static RawMessage From(ReceiveContext context)
    {
        var body = context.Body.GetBytes();
        return context.TryGetPayload(out RabbitMqBasicConsumeContext? delivery)
            ? Of(body, delivery.Properties, delivery.Exchange, delivery.RoutingKey ?? "", context.Redelivered)
            : new RawMessage(body, null, null, null, null, null, "", "", context.Redelivered, new Dictionary<string, object?>());
    }

    public static RawMessage Of(byte[] body, IReadOnlyBasicProperties properties, string exchange, string routingKey, bool redelivered) => new(
        body,
        properties.ContentType,
        properties.MessageId,
        properties.CorrelationId,
        properties.ReplyTo,
        properties.Type,
        exchange,
        routingKey,
        redelivered,
        (properties.Headers ?? new Dictionary<string, object?>()).ToDictionary(header => header.Key, header => Plain(header.Value, Deepest)));

    /// <summary>
    /// The same id for each delivery of the same message, another where the sender used its id again for another message or the message died
    /// once more; none where the sender gave none.
    /// </summary>
    public static Guid? Identity(RawMessage message)
    {
        if (string.IsNullOrEmpty(message.MessageId))
            return null;

        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Add(message.MessageId);
        Add(message.CorrelationId);
        Add(message.ReplyTo);
        foreach (var (name, value) in message.Headers.Where(header => header.Key != DeliveryCount).OrderBy(header => header.Key, StringComparer.Ordinal))
        {
            Add(name);
            Add(Text(value));
        }

        hash.AppendData(message.Body.Span);
        return new Guid(hash.GetHashAndReset().AsSpan(0, 16));

        void Add(string? text)
        {
            hash.AppendData(Encoding.UTF8.GetBytes(text ?? ""));
            hash.AppendData([0]);
        }
    }

    /// <summary>Writes a message's properties and headers for its way on; <paramref name="more"/> stand over the message's own.</summary>
    public static void Copy(RawMessage message, IReadOnlyDictionary<string, object?> more, SendHeaders headers)
    {
        foreach (var (name, value) in message.Headers.Concat(more))
        {
            if (value is null || name == DeliveryCount)
                continue;

            // The broker reads its own lists of deaths: as text they get another name, or it would stumble over them.
            if (value is string or bool or int or long or short or byte or double or DateTimeOffset)
                headers.Set(name, value is bool ? value.ToString() : value);
            else
                headers.Set($"{HeaderNames.BrokerPrefix}{name}", JsonSerializer.Serialize(value));
        }

        Set(HeaderNames.AmqpMessageId, message.MessageId);
        Set(HeaderNames.AmqpCorrelationId, message.CorrelationId);
        Set(HeaderNames.AmqpReplyTo, message.ReplyTo);
        Set(HeaderNames.AmqpType, message.Type);

        void Set(string name, string? value)
        {
            if (!string.IsNullOrEmpty(value))
                headers.Set(name, value);
        }
    }

    // Values that JSON and any database can keep, whatever AMQP allows.
    private static object? Plain(object? value, int depth) => value switch
    {
        byte[] bytes => Encoding.UTF8.GetString(bytes),
        AmqpTimestamp timestamp when timestamp.UnixTime >= Earliest && timestamp.UnixTime <= Latest => DateTimeOffset.FromUnixTimeSeconds(timestamp.UnixTime),
        AmqpTimestamp timestamp => timestamp.UnixTime,
        float or double when !double.IsFinite(Convert.ToDouble(value, CultureInfo.InvariantCulture)) => $"{value}",
        IDictionary<string, object?> or IList when depth == 0 && value is not string => "nested too deep to be kept",
        IDictionary<string, object?> table => table.ToDictionary(entry => entry.Key, entry => Plain(entry.Value, depth - 1)),
        string text => text,
        IList list => list.Cast<object?>().Select(item => Plain(item, depth - 1)).ToList(),
        _ => value,
    };

    private static string Text(object? value) => value switch
    {
        IDictionary<string, object?> table => string.Join(';', table.OrderBy(entry => entry.Key, StringComparer.Ordinal).Select(entry => $"{entry.Key}={Text(entry.Value)}")),
        string text => text,
        IEnumerable list => string.Join(',', list.Cast<object?>().Select(Text)),
        _ => value?.ToString() ?? "",
    };
}
