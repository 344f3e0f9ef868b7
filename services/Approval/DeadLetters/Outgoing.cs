using System.Text.Json;
using System.Text.Json.Nodes;
using RabbitMQ.Client;

namespace LoopBus.Approval.DeadLetters;

/// <summary>Makes the message that goes back: as it first was, but with an id of its own, so that it is a new one to the inbox.</summary>
internal static class Outgoing
{
    public static BasicProperties Properties(DeadLetter letter)
    {
        var kept = LetterText.Properties(letter);
        var headers = LetterText.Headers(letter)
            .Where(header => !LetterHeader.IsOfDeath(header.Key))
            .ToDictionary(header => header.Key, header => Plain(header.Value));
        headers[LetterHeader.RedrivenFrom] = $"{letter.Id}";
        headers[LetterHeader.RedrivenBy] = letter.ClosedBy;
        return new BasicProperties
        {
            ContentType = kept.ContentType,
            MessageId = $"{letter.RedriveMessageId}",
            CorrelationId = kept.CorrelationId,
            ReplyTo = kept.ReplyTo,
            Type = kept.Type,
            DeliveryMode = DeliveryModes.Persistent,
            Headers = headers,
        };
    }

    // An envelope repeats the id, and the consumer believes the envelope.
    public static byte[] Body(DeadLetter letter)
    {
        var body = letter.EditedBody ?? letter.Body;
        if (!LetterText.IsEnvelope(LetterText.Properties(letter).ContentType))
            return body;

        try
        {
            if (JsonNode.Parse(body) is not JsonObject envelope)
                return body;
            envelope["messageId"] = $"{letter.RedriveMessageId}";
            return JsonSerializer.SerializeToUtf8Bytes(envelope);
        }
        catch (JsonException)
        {
            return body;
        }
    }

    private static object? Plain(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Number => value.TryGetInt64(out var whole) ? whole : value.GetDouble(),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.Object => value.EnumerateObject().ToDictionary(member => member.Name, member => Plain(member.Value)),
        JsonValueKind.Array => value.EnumerateArray().Select(Plain).ToList(),
        _ => null,
    };
}
