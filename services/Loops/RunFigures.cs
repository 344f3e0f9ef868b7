namespace LoopBus.Loops;

/// <summary>What the terminator looks at. Counts include what is about to begin: the sixth retry, wanted, counts as six.</summary>
/// <param name="Done">All steps and checks of the plan are done and hold.</param>
/// <param name="Iterations">Planned steps begun.</param>
/// <param name="Errors">Failed attempts.</param>
/// <param name="Retries">Further attempts, run-wide.</param>
/// <param name="Replans">Plans asked for again.</param>
/// <param name="ElapsedSeconds">Wall clock since the run began.</param>
/// <param name="Tokens">Of models, in and out.</param>
/// <param name="Usd">US dollars for models, as far as prices are known.</param>
/// <param name="Fact">What happened that ends a run whatever it used up: cancelled, quarantined, rejected, expired, refused, failed.</param>
/// <param name="Detail">Who or what, for the sentence: "by alice: not on a Friday".</param>
public sealed record RunFigures(
    bool Done = false,
    int Iterations = 0,
    int Errors = 0,
    int Retries = 0,
    int Replans = 0,
    double ElapsedSeconds = 0,
    long Tokens = 0,
    decimal Usd = 0,
    TerminationReason? Fact = null,
    string? Detail = null);
