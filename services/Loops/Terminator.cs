namespace LoopBus.Loops;

/// <summary>Decides whether a run ends, and why: a pure function of its figures and its loop's limits, never a model's word.</summary>
public static class Terminator
{
    /// <returns>Why the run ends, or null where it goes on. Facts come before success, success before limits.</returns>
    public static Termination? Decide(RunFigures run, LoopLimits limits)
    {
        if (run.Fact is { } fact && fact != TerminationReason.Success)
            return new Termination(fact, Sentence(fact, run.Detail));
        if (run.Done)
            return new Termination(TerminationReason.Success, "Every step is done and every check holds.");
        if (run.ElapsedSeconds >= limits.WallClockSeconds)
            return Limit(TerminationReason.WallClockExceeded, $"The run took {run.ElapsedSeconds:0} s; its limit is {limits.WallClockSeconds:0} s of wall clock.");
        if (run.Errors >= limits.Errors)
            return Limit(TerminationReason.TooManyErrors, $"{Count(run.Errors, "attempt")} failed; the limit is {limits.Errors}.");
        if (run.Iterations > limits.Iterations)
            return Limit(TerminationReason.MaxIterationsExceeded, $"Iteration {run.Iterations} would begin; the limit is {limits.Iterations}.");
        if (run.Retries > limits.Retries)
            return Limit(TerminationReason.RetriesExhausted, $"Retry {run.Retries} of the run would begin; the limit is {limits.Retries}.");
        if (run.Replans > limits.Replans)
            return Limit(TerminationReason.ReplansExhausted, $"Re-plan {run.Replans} would begin; the limit is {limits.Replans}.");

        if (run.Tokens > limits.Tokens)
            return Limit(TerminationReason.BudgetExceeded, $"Models took {run.Tokens} tokens; the limit is {limits.Tokens}.");
        if (run.Usd > limits.Usd)
            return Limit(TerminationReason.BudgetExceeded, $"Models cost {run.Usd:0.####} US dollars; the limit is {limits.Usd:0.####}.");

        return null;

        Termination Limit(TerminationReason reason, string sentence) => new(reason, run.Detail is null ? sentence : $"{sentence} Last: {run.Detail}");
    }

    private static string Sentence(TerminationReason fact, string? detail)
    {
        var sentence = fact switch
        {
            TerminationReason.Cancelled => "The run was cancelled",
            TerminationReason.Quarantined => "A message of the run is in the dead-letter queue",
            TerminationReason.Rejected => "People rejected a gated step",
            TerminationReason.ApprovalExpired => "Nobody decided a gated step in time",
            TerminationReason.PlanRefused => "The planner refused to make a plan",
            TerminationReason.StepFailed => "A step failed for good",
            TerminationReason.VerificationFailed => "The result does not hold",
            TerminationReason.Stalled => "The run stands still",
            TerminationReason.InvariantBroken => "An invariant does not hold",
            TerminationReason.GivenUp => "People gave the run up",
            TerminationReason.NoQuorum => "Those who debated did not agree",
            TerminationReason.BudgetExceeded => "The budget is spent",
            _ => $"The run ended: {fact}",
        };

        return detail is null ? sentence + "." : $"{sentence}: {detail.TrimEnd('.')}.";
    }

    private static string Count(int count, string noun) => $"{count} {noun}{(count == 1 ? "" : "s")}";
}
