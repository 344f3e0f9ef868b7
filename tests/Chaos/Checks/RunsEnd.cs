using LoopBus.Chaos.Loads;

namespace LoopBus.Chaos.Checks;

/// <summary>Every run that was asked for is there, and in an end state.</summary>
internal static class RunsEnd
{
    private static readonly string[] Ends = ["completed", "failed", "cancelled", "compensated"];

    public static IEnumerable<string> Violations(IReadOnlyList<Begun> begun, Evidence evidence)
    {
        var told = evidence.Runs.ToDictionary(run => run.Task);
        foreach (var run in begun)
        {
            if (!told.TryGetValue(run.Task, out var seen))
                yield return $"{run.Task}: lost: the run is not there.";
            else if (!Ends.Contains(seen.Status))
                yield return $"{run.Task}: it has not ended: {seen.Status}; steps {string.Join(", ", seen.Steps.Select(step => $"{step.GetProperty("id")} {step.GetProperty("status")}"))}.";
            else if (run.Status is not null && run.Status != seen.Status)
                yield return $"{run.Task}: it had ended {run.Status}, and is now {seen.Status}.";
        }
    }
}
