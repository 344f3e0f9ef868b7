namespace LoopBus.Loops.Bidding;

/// <summary>Which steps are announced to all executors, and go to the one that bids best (FIPA SC00029H).</summary>
/// <param name="Tools">The tools of those steps; null: all.</param>
/// <param name="WithinSeconds">How long bids are waited for.</param>
/// <param name="Bidders">With so many answers nobody waits longer; null: the time is waited out.</param>
public sealed record ContractNet(IReadOnlyList<string>? Tools, double WithinSeconds, int? Bidders, BidWeights Weigh)
{
    /// <summary>More are not heard.</summary>
    public const int MostBidders = 32;

    public bool Covers(string tool) => Tools?.Contains(tool) ?? true;
}
