using System.Text.Encodings.Web;
using System.Text.Json;

namespace LoopBus.Loops.Memory;

/// <summary>What people and tools said, one JSON object on a line, so that none of it can look like the next line.</summary>
internal static class Lines
{
    private const int Least = 40;

    private static readonly JsonSerializerOptions Shown = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Of(object value) => JsonSerializer.Serialize(value, Shown);

    /// <summary>A line with its text cut so that it fits; null where there is no room worth the while.</summary>
    public static string? Fit(string text, int room, Func<string, object> line)
    {
        for (var most = Math.Min(text.Length, room); ; most /= 2)
        {
            var written = Of(line(TextCut.Middle(text, most)));
            if (written.Length <= room)
                return written;
            if (most < Least)
                return null;
        }
    }
}
