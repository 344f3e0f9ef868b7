using System.Text.RegularExpressions;

namespace LoopBus.Loops.Reading;

/// <summary>A time as loops write it: 500ms, 30s, 5m, 24h, 7d.</summary>
internal static partial class Duration
{
    /// <returns>Seconds, or null where the text is no duration.</returns>
    public static double? Seconds(string text)
    {
        var match = Form().Match(text);
        if (!match.Success)
            return null;

        var number = double.Parse(match.Groups["number"].ValueSpan);

        return match.Groups["unit"].Value switch
        {
            "ms" => number / 1000,
            "s" => number,
            "m" => number * 60,
            "h" => number * 3600,
            _ => number * 24 * 3600,
        };
    }

    [GeneratedRegex("^(?<number>[0-9]{1,9})(?<unit>ms|s|m|h|d)$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Form();
}
