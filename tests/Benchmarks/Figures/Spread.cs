namespace LoopBus.Benchmarks.Figures;

/// <summary>What several short rounds gave: the middle one, and the least and the most.</summary>
internal sealed record Spread(double Median, double Least, double Most)
{
    public static Spread Of(IEnumerable<double> rounds)
    {
        double[] sorted = [.. rounds.Order()];
        return new Spread(Percentiles.At(sorted, 0.5), sorted[0], sorted[^1]);
    }

    public override string ToString() => $"{Shown.Number(Median)} ({Shown.Number(Least)}-{Shown.Number(Most)})";
}
