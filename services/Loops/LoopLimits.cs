namespace LoopBus.Loops;

/// <summary>What a run may use up: iterations (planned steps begun), errors (failed attempts), run-wide retries, re-plans, wall clock in seconds, and of models tokens (in and out) and US dollars, where bounded.</summary>
public sealed record LoopLimits(
    int Iterations = 25,
    int Errors = 3,
    int Retries = 10,
    int Replans = 2,
    double WallClockSeconds = 7 * 24 * 3600,
    long? Tokens = null,
    decimal? Usd = null);
