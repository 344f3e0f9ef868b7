namespace LoopBus.Loops;

/// <summary>What a run may use up: iterations (planned steps begun), errors (failed attempts), run-wide retries, re-plans, and wall clock in seconds.</summary>
public sealed record LoopLimits(
    int Iterations = 25,
    int Errors = 3,
    int Retries = 10,
    int Replans = 2,
    double WallClockSeconds = 7 * 24 * 3600);
