using System.Text.Json;
using LoopBus.Approval.Web;
using LoopBus.Hosting;
using LoopBus.Loops.Memory;

namespace LoopBus.Approval.DeadLetters;

/// <summary>Reads of a dead letter what names it, and writes its headers so that any database keeps them.</summary>
internal static class LetterText
{
    private const string Envelope = "application/vnd.masstransit+json";

    public static bool IsEnvelope(string? contentType) => contentType?.StartsWith(Envelope, StringComparison.OrdinalIgnoreCase) == true;

    public static string HeadersOf(RawMessage message) => JsonSerializer.Serialize(message.Headers);

    public static string PropertiesOf(RawMessage message) => JsonSerializer.Serialize(new LetterProperties(
        message.ContentType, message.MessageId, message.CorrelationId, message.ReplyTo, message.Type, message.Exchange, message.RoutingKey));

    public static LetterProperties Properties(DeadLetter letter) => JsonSerializer.Deserialize<LetterProperties>(letter.Properties)!;

    public static Dictionary<string, JsonElement> Headers(DeadLetter letter) =>
        JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(letter.Headers)!;

    /// <summary>The run that a message belongs to: its header, or what its envelope carries.</summary>
    public static string? RunOf(RawMessage message)
    {
        if (message.Header(HeaderNames.Run) is { Length: > 0 } run)
            return run;
        if (!IsEnvelope(message.ContentType) || JsonText.Parse(message.Body.Span) is not { ValueKind: JsonValueKind.Object } envelope)
            return null;

        return Text(Child(envelope, "headers"), HeaderNames.Run)
            ?? Text(Child(Child(envelope, "message"), "content"), "taskId");
    }

    /// <summary>The task that a plain message names, as a trigger does.</summary>
    public static string? TaskOf(RawMessage message) => IsEnvelope(message.ContentType) ? null : Text(JsonText.Parse(message.Body.Span), "taskId");

    /// <summary>request.execute-step for a message of ours; else its AMQP type, or nothing.</summary>
    public static string? TypeOf(RawMessage message)
    {
        if (IsEnvelope(message.ContentType)
            && JsonText.Parse(message.Body.Span) is { ValueKind: JsonValueKind.Object } envelope
            && Text(envelope, "destinationAddress") is { } address
            && Uri.TryCreate(address, UriKind.Absolute, out var destination))
            return destination.Segments[^1];
        return string.IsNullOrEmpty(message.Type) ? null : message.Type;
    }

    // PostgreSQL keeps no NUL in a text, and a dead letter may hold anything. In JSON it is written out.
    public static string? Clean(string? text, int? length = null)
    {
        var clean = text?.Replace("\0", "␀", StringComparison.Ordinal);
        return clean is null || length is null ? clean : TextCut.Begin(clean, length.Value);
    }

    private static JsonElement? Child(JsonElement? parent, string name) =>
        parent is { ValueKind: JsonValueKind.Object } json && json.TryGetProperty(name, out var child) ? child : null;

    private static string? Text(JsonElement? parent, string name)
    {
        try
        {
            return Child(parent, name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;
        }
        catch (InvalidOperationException)
        {
            return null; // no UTF-8, or half a character
        }
    }
}
