using System.Collections;
using LoopBus.Hosting;

namespace LoopBus.Approval.DeadLetters;

/// <summary>Where and why a message died: as the service said it, or else as the broker did (x-death).</summary>
internal sealed record Death(string Queue, string Reason, string? Exception, int Attempts)
{
    public static Death Of(RawMessage message)
    {
        var broker = LastOf(message);
        return new Death(
            message.Header(HeaderNames.Queue) ?? Text(broker, "queue") ?? "unknown",
            message.Header(HeaderNames.Reason) ?? Kebab(Text(broker, "reason")) ?? "unknown",
            message.Header(HeaderNames.Exception) ?? Explain(Text(broker, "reason")),
            int.TryParse(message.Header(HeaderNames.Attempts) ?? message.Header("x-delivery-count"), out var attempts) ? attempts : 0);
    }

    public bool NotUnderstood => Reason is DeadLetterReason.Unparseable or DeadLetterReason.WrongSchema or DeadLetterReason.UnhandledType or DeadLetterReason.TooLarge;

    private static IReadOnlyDictionary<string, object?>? LastOf(RawMessage message) =>
        message.Headers.TryGetValue("x-death", out var deaths) && deaths is IEnumerable list
            ? list.OfType<IReadOnlyDictionary<string, object?>>().FirstOrDefault()
            : null;

    private static string? Text(IReadOnlyDictionary<string, object?>? death, string key) =>
        death is not null && death.TryGetValue(key, out var value) ? value?.ToString() : null;

    private static string? Kebab(string? reason) => reason?.Replace('_', '-');

    private static string? Explain(string? reason) => reason switch
    {
        null => null,
        "delivery_limit" => "The broker delivered it as often as its queue allows, and each time the consumer's process or connection ended before it was done.",
        "expired" => "It stayed in its queue until its time to live was over.",
        "maxlen" => "Its queue was full.",
        _ => $"The broker dead-lettered it: {reason}.",
    };
}
