using LoopBus.Contracts.Execution;

namespace LoopBus.Loops.Bidding;

/// <summary>Compares bids for one step; the same bids, in whatever order, always rank the same.</summary>
public static class BidRanking
{
    /// <returns>The bids, best first: by the weighed sum of cost and time, as shares of the most that is bid, load, and what is missing to confidence.</returns>
    public static IReadOnlyList<Bid> Order(IReadOnlyCollection<Bid> bids, BidWeights weigh)
    {
        ArgumentNullException.ThrowIfNull(bids);
        ArgumentNullException.ThrowIfNull(weigh);
        var dearest = bids.Max(bid => (double?)bid.Usd);
        var slowest = bids.Max(bid => bid.Seconds);

        return [.. bids.OrderBy(Burden).ThenBy(bid => bid.Executor, StringComparer.Ordinal)];

        double Burden(Bid bid) =>
            (weigh.Cost * Share((double?)bid.Usd, dearest)) + (weigh.Load * Bounded(bid.Load)) + (weigh.Time * Share(bid.Seconds, slowest)) + (weigh.Confidence * (1 - Bounded(bid.Confidence, 0)));
    }

    // What is not known counts as more than any that is.
    private static double Share(double? value, double? most) => most is null ? 0 : value is null ? Unknown : most > 0 ? Bounded(value.Value / most.Value) : 0;

    private const double Unknown = 2;

    // What is no number counts against who says it.
    private static double Bounded(double share, double worst = 1) => double.IsNaN(share) ? worst : Math.Clamp(share, 0, 1);
}
