using System.Runtime.Serialization;
using System.Text.Json;
using MassTransit;

namespace LoopBus.Hosting.Failures;

/// <summary>Reads of a MassTransit envelope only what tells why it could not be handled.</summary>
internal static class Envelope
{
    public static string ReasonFor(ExceptionReceiveContext context)
    {
        if (!Causes(context.Exception).Any(e => e is SerializationException))
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
        catch (JsonException)
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

    private static IEnumerable<Exception> Causes(Exception exception)
    {
        for (var cause = exception; cause is not null; cause = cause.InnerException)
            yield return cause;
    }
}
