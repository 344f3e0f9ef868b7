using LoopBus.Contracts.Planning;

namespace LoopBus.Loops.Checking;

/// <summary>How large the numbers of a loop may be.</summary>
internal static class Bounds
{
    public const int Parallel = 64;

    public const int Attempts = 20;

    public const double Day = 24 * 3600;

    public static IEnumerable<Problem> Of(PlannedStep step, string path)
    {
        if (step.Parallel is < 1 or > Parallel)
            yield return new Problem($"{path}.parallel", $"must be 1 to {Parallel}; it is {step.Parallel}.");
        if (step.ForEach is null && step.Parallel != 1)
            yield return new Problem($"{path}.parallel", "means something with for_each only.");
        if (step.TimeoutSeconds is { } timeout && timeout is not (> 0 and <= Day))
            yield return new Problem($"{path}.timeout", "must be above 0 and at most 24h.");
        if (step.Retry is not { } retry)
            yield break;
        if (retry.Attempts is < 1 or > Attempts)
            yield return new Problem($"{path}.retry.attempts", $"must be 1 to {Attempts}; it is {retry.Attempts}.");
        if (retry.DelaySeconds is not (>= 0 and <= Day))
            yield return new Problem($"{path}.retry.delay", "must be at most 24h.");
        if (retry.MaxDelaySeconds is not (>= 0 and <= Day))
            yield return new Problem($"{path}.retry.maxDelay", "must be at most 24h.");
        if (retry.MaxDelaySeconds < retry.DelaySeconds)
            yield return new Problem($"{path}.retry.maxDelay", "must not be below delay.");
    }
}
