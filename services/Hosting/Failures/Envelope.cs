using System.Text.Json;
using MassTransit;

namespace LoopBus.Hosting.Failures;

/// <summary>Reads of a MassTransit envelope only what tells why it could not be handled.</summary>
internal static class Envelope
{
    /// <summary>Why a message failed: a consumer that tried it, or else its body.</summary>
    public static string ReasonFor(ExceptionReceiveContext context)
    {
        if (context.TryGetPayload(out Attempts? _))
            return DeadLetterReason.RepeatedFailure;
        return Parses(context.Body.GetBytes()) ? DeadLetterReason.WrongSchema : DeadLetterReason.Unparseable;
    }

    public static IReadOnlyList<string> MessageTypes(byte[] body)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            if (json.RootElement.ValueKind != JsonValueKind.Object || !json.RootElement.TryGetProperty("messageType", out var types) || types.ValueKind != JsonValueKind.Array)
                return [];
            return [.. types.EnumerateArray().Select(type => type.ToString()).Where(type => type.Length > 0)];
        }
        // The second: a text that is no UTF-8, or has half a character.
        catch (Exception problem) when (problem is JsonException or InvalidOperationException)
        {
            return [];
        }
    }

    private static bool Parses(byte[] body)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
