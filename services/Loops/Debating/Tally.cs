namespace LoopBus.Loops.Debating;

/// <summary>Counts a debate's ballots: a pure function.</summary>
/// <param name="Winner">The candidate whose decision has the quorum, and of those that decided so the one with most votes; null where none has it.</param>
/// <param name="Votes">For the winner's decision, or for the one that came nearest.</param>
/// <param name="Abstained">Judges who could not tell, or whom the order swayed.</param>
public sealed record Tally(string? Winner, int Votes, int Judges, int Abstained)
{
    /// <param name="decisions">What each candidate decides, by its name; candidates that decide alike have their votes together.</param>
    public static Tally Of(IReadOnlyList<Ballot> ballots, IReadOnlyDictionary<string, string> decisions, string quorum)
    {
        ArgumentNullException.ThrowIfNull(ballots);
        ArgumentNullException.ThrowIfNull(decisions);
        // Whoever prefers now one and now the other of two that decide alike has decided.
        var votes = ballots.Select(ballot => Voted(ballot, decisions)).OfType<string>().ToList();
        var abstained = ballots.Count - votes.Count;
        var leading = votes.GroupBy(vote => decisions[vote], StringComparer.Ordinal).OrderByDescending(group => group.Count()).ThenBy(group => group.Key, StringComparer.Ordinal).FirstOrDefault();
        if (leading is null)
            return new Tally(null, 0, ballots.Count, abstained);

        var count = leading.Count();
        var enough = quorum == DebateRules.TwoThirds ? 3 * count > 2 * ballots.Count : 2 * count > ballots.Count;
        var best = leading.GroupBy(vote => vote, StringComparer.Ordinal).OrderByDescending(group => group.Count()).ThenBy(group => group.Key, StringComparer.Ordinal).First().Key;

        return new Tally(enough ? best : null, count, ballots.Count, abstained);
    }

    private static string? Voted(Ballot ballot, IReadOnlyDictionary<string, string> decisions)
    {
        if (ballot.Forward is not { } forward || ballot.Backward is not { } backward || !decisions.ContainsKey(forward) || !decisions.ContainsKey(backward))
            return null;

        return ballot.Vote ?? (decisions[forward] == decisions[backward] ? new[] { forward, backward }.Min(StringComparer.Ordinal) : null);
    }
}
