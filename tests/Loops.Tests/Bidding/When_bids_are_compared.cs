using LoopBus.Contracts.Execution;
using LoopBus.Loops.Bidding;

namespace LoopBus.Loops.Tests.Bidding;

public sealed class When_bids_are_compared
{
    private static readonly BidWeights Alike = new();

    public static TheoryData<string, Bid, Bid, BidWeights> Pairs => new()
    {
        { "it costs less", Of("b", usd: 1), Of("a", usd: 2), Alike },
        { "it has less to do", Of("b", load: 0.1), Of("a", load: 0.2), Alike },
        { "it is faster", Of("b", seconds: 1), Of("a", seconds: 5), Alike },
        { "it fails less often", Of("b", confidence: 0.9), Of("a", confidence: 0.8), Alike },
        { "its price is known", Of("b", usd: 5), Of("a"), Alike },
        { "its time is known", Of("b", seconds: 5), Of("a"), Alike },
        { "its name comes first", Of("a"), Of("b"), Alike },
        { "what it is worse at counts nothing", Of("b", usd: 9, load: 0.1), Of("a", usd: 1, load: 0.2), new BidWeights(Cost: 0) },
        { "what it is better at counts more", Of("b", usd: 2, seconds: 1), Of("a", usd: 1, seconds: 2), new BidWeights(Time: 3) },
        { "the other's load is no number", Of("b", load: 0.9), Of("a", load: double.NaN), Alike },
        { "the other's confidence is no number", Of("b", confidence: 0.1), Of("a", confidence: double.NaN), Alike },
        { "the other claims the impossible, and is dear", Of("b", usd: 1, confidence: 1), Of("a", usd: 2, load: -50, confidence: 1000), Alike },
    };

    [Theory]
    [MemberData(nameof(Pairs))]
    public void Should_prefer_one_because(string why, Bid better, Bid worse, BidWeights weigh)
    {
        BidRanking.Order([worse, better], weigh)[0].ShouldBe(better, why);
        BidRanking.Order([better, worse], weigh)[0].ShouldBe(better, why);
    }

    [Fact]
    public void Should_have_none_of_none() => BidRanking.Order([], Alike).ShouldBeEmpty();

    private static Bid Of(string executor, decimal? usd = null, double load = 0, double confidence = 0.5, double? seconds = null) =>
        new("task", "step", 1, executor, load, confidence, usd, seconds);
}
