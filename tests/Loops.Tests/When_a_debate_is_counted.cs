using LoopBus.Loops.Debating;

namespace LoopBus.Loops.Tests;

public sealed class When_a_debate_is_counted
{
    private static readonly Dictionary<string, string> Decisions = new() { ["ada"] = "yes", ["bob"] = "no", ["eve"] = "yes" };

    [Theory]
    [InlineData(DebateRules.Majority, "ada/ada ada/ada bob/bob", "ada", 2, 0)]
    [InlineData(DebateRules.TwoThirds, "ada/ada ada/ada bob/bob", null, 2, 0)]
    [InlineData(DebateRules.TwoThirds, "ada/ada ada/ada ada/ada bob/bob", "ada", 3, 0)]
    [InlineData(DebateRules.Majority, "ada/ada eve/eve bob/bob", "ada", 2, 0)]
    [InlineData(DebateRules.Majority, "ada/bob bob/ada ada/ada", null, 1, 2)]
    [InlineData(DebateRules.Majority, "ada/eve eve/ada bob/bob", "ada", 2, 0)]
    [InlineData(DebateRules.Majority, "-/- bob/- bob/bob", null, 1, 2)]
    [InlineData(DebateRules.Majority, "mallory/mallory", null, 0, 1)]
    [InlineData(DebateRules.Majority, "ada/ada bob/bob", null, 1, 0)]
    public void Should_take_a_quorum_of_all_judges_for_one_decision(string quorum, string ballots, string? winner, int votes, int abstained)
    {
        var cast = ballots.Split(' ').Select(ballot => ballot.Split('/')).Select(said => new Ballot(said[0] == "-" ? null : said[0], said[1] == "-" ? null : said[1])).ToList();

        Tally.Of(cast, Decisions, quorum).ShouldBe(new Tally(winner, votes, cast.Count, abstained));
    }
}
