namespace LoopBus.Benchmarks.Figures;

/// <summary>How long things took, in milliseconds.</summary>
internal sealed record Percentiles(int Count, double P50, double P95, double P99)
{
    public static Percentiles Of(IEnumerable<TimeSpan> times)
    {
        double[] sorted = [.. times.Select(time => time.TotalMilliseconds).Order()];
        return new Percentiles(sorted.Length, At(sorted, 0.50), At(sorted, 0.95), At(sorted, 0.99));
    }

    /// <summary>The value that this share of the sorted values does not exceed, between neighbours by their distance.</summary>
    public static double At(double[] sorted, double share)
    {
        if (sorted.Length == 0)
            return double.NaN;
        var place = share * (sorted.Length - 1);
        var below = (int)place;
        return below + 1 < sorted.Length ? sorted[below] + ((place - below) * (sorted[below + 1] - sorted[below])) : sorted[below];
    }
}
