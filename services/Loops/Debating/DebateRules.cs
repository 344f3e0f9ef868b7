namespace LoopBus.Loops.Debating;

/// <summary>How a loop debates its result before it is finished: who proposes, how often they hear each other, how many judges, and what agreement it takes.</summary>
/// <param name="Decision">The way to the part of a result that is decided, such as <c>verdict</c>; the rest is its grounds. Null: all of it.</param>
/// <param name="Quorum"><see cref="Majority"/>: more than half of the judges; <see cref="TwoThirds"/>: more than two thirds, for what is critical.</param>
public sealed record DebateRules(IReadOnlyList<Proposer> Proposers, int Rounds = 1, int Judges = 1, string Quorum = DebateRules.Majority, string? Decision = null)
{
    public const string Majority = "majority";
    public const string TwoThirds = "two-thirds";
}
