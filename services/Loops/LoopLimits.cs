namespace LoopBus.Loops;

/// <summary>What a run may use up: iterations (planned steps begun), errors (failed attempts), run-wide retries, re-plans, wall clock in seconds, and of models tokens (in and out) and US dollars, where bounded.</summary>
/// <param name="Refinements">How often a model may mend a result that the critic did not find good; see <see cref="Refine"/>.</param>
/// <param name="Stalls">How often a run may stand still and be told so, before it ends; see <see cref="Nudge"/>.</param>
public sealed record LoopLimits(
    int Iterations = 25,
    int Errors = 3,
    int Retries = 10,
    int Replans = 2,
    double WallClockSeconds = 7 * 24 * 3600,
    long? Tokens = null,
    decimal? Usd = null,
    int? Refinements = null,
    int? Stalls = null)
{
    /// <summary>Two loops are the rule: act, and refine once. A third must show its gain.</summary>
    public int Refine => Refinements ?? 1;

    public int Nudge => Stalls ?? 1;
}
