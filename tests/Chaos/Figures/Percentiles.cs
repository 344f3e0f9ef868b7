namespace LoopBus.Chaos.Figures;

/// <summary>Places in sorted times.</summary>
internal static class Percentiles
{
    /// <summary>The time that this share of the times does not exceed.</summary>
    public static TimeSpan At(IEnumerable<TimeSpan> times, double share)
    {
        TimeSpan[] sorted = [.. times.Order()];
        return sorted.Length == 0 ? TimeSpan.Zero : sorted[Math.Min(sorted.Length - 1, (int)Math.Ceiling(share * sorted.Length) - 1 is var place && place > 0 ? place : 0)];
    }
}
