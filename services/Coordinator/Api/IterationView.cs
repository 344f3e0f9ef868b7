namespace LoopBus.Coordinator.Api;

/// <summary>
/// A decision of a planner's models as the HTTP API shows it: what it and the verdict on it took (usd is null where a price is not known), and what it gained: how much surer its planner
/// is than it was before, and, where the run's result was judged after it, whether the verdict came nearer.
/// </summary>
internal sealed record IterationView(int Attempt, string Action, long Tokens, decimal? Usd, double? Confidence, double? Gain, IterationVerdict? Verdict);

/// <summary>What the critic said of the run's result: checks that do not hold, and that were not asked; nearer than the verdict before, or null where that was the first.</summary>
internal sealed record IterationVerdict(bool Holds, int Failing, int Unasked, bool? Nearer);
