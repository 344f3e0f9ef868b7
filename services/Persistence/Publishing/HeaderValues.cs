using System.Globalization;
using System.Text.Json;
using MassTransit;

namespace LoopBus.Persistence.Publishing;

/// <summary>Header values in the few types that AMQP and JSON both keep: text, whole numbers and fractions.</summary>
internal static class HeaderValues
{
    public static Dictionary<string, object?> Of(SendHeaders headers)
    {
        var values = new Dictionary<string, object?>(StringComparer.OrdinalIgnoreCase);
        foreach (var (key, value) in headers.GetAll())
            if (Plain(value) is { } plain)
                values[key] = plain;
        return values;
    }

    /// <summary>The same values, where they were read from JSON.</summary>
    public static Dictionary<string, object?> Of(Dictionary<string, object?> read) =>
        read.ToDictionary(pair => pair.Key, pair => pair.Value is JsonElement json ? Plain(json) : pair.Value, StringComparer.OrdinalIgnoreCase);

    private static object? Plain(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.String => json.GetString(),
        JsonValueKind.Number => json.TryGetInt64(out var number) ? number : json.GetDouble(),
        _ => json.GetRawText(),
    };

    private static object? Plain(object? value) => value switch
    {
        null => null,
        string text => text,
        bool flag => flag ? bool.TrueString : bool.FalseString,
        byte or sbyte or short or ushort or int or uint or long => Convert.ToInt64(value, CultureInfo.InvariantCulture),
        float or double => Convert.ToDouble(value, CultureInfo.InvariantCulture),
        DateTimeOffset time => time.ToString("O", CultureInfo.InvariantCulture),
        DateTime time => time.ToString("O", CultureInfo.InvariantCulture),
        IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString(),
    };
}
