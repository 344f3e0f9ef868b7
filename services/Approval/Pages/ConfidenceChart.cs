using System.Globalization;

namespace LoopBus.Approval.Pages;

/// <summary>How sure a planner was of its last actions, as bars from 0 to 1, and as words for who does not see them.</summary>
internal sealed record ConfidenceChart(int Width, IReadOnlyList<ConfidenceBar> Bars, string Caption, string Text)
{
    public const int Height = 80;

    // As many as are told apart on a phone.
    private const int Most = 60;
    private const int Gap = 3;

    public static ConfidenceChart Of(IReadOnlyList<double> confidence)
    {
        var first = Math.Max(0, confidence.Count - Most);
        var shown = confidence.Skip(first).Select(value => Math.Clamp(value, 0, 1)).ToList();
        var pitch = Math.Clamp(480 / shown.Count, 10, 32);
        var bars = shown.Select((value, index) =>
        {
            // A bar of nothing is seen all the same.
            var height = Math.Max(2, (int)Math.Round(value * Height));
            return new ConfidenceBar(index * pitch, Height - height, pitch - Gap, height, $"{first + index + 1}: {Say(value)}");
        }).ToList();

        var caption = shown.Count == 1
            ? Say(shown[0])
            : $"{Say(shown[0])} → {Say(shown[^1])}, lowest {Say(shown.Min())}{(first > 0 ? $"; the last {Most} of {confidence.Count}" : "")}";
        var values = string.Join(", ", shown.Select(Say));
        return new((shown.Count * pitch) - Gap, bars, caption, $"Confidence from 0 to 1, action by action{(first > 0 ? $" from the {first + 1}th" : "")}: {values}");
    }

    private static string Say(double value) => value.ToString("0.00", CultureInfo.InvariantCulture);
}
