using System.Text.RegularExpressions;
using LoopBus.Chaos.Loads;

namespace LoopBus.Chaos.Checks;

/// <summary>Every run that was asked for is there, and in an end state.</summary>
internal static partial class RunsEnd
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
            else if (seen.IsCompleted && run.IsBad)
                yield return $"{run.Task}: it is completed, and its last step can not have gone well.";
        }
    }

    /// <summary>Runs that should have been completed, and nobody asked for their end or refused a step: what they say they ended of, and how many of each.</summary>
    public static IEnumerable<string> GivenUp(Evidence evidence) =>
        evidence.Runs.Where(run => !run.IsCompleted && !run.Begun.IsBad && !run.Begun.IsCancelled).CountBy(Why).Select(why => $"good runs that were not completed, {why.Value} times: {why.Key}");

    private static string Why(Told run)
    {
        // Texts name their run and step: what is left without them is the kind.
        var texts = run.Steps.Where(step => step.GetProperty("status").GetString() != "done").Select(step => step.GetProperty("problem").GetString()).OfType<string>();
        return $"{run.Status}, {run.View.GetProperty("reason")}: {string.Join("; ", texts.Select(text => Names().Replace(text.Split('\n')[0], "…")).Distinct())}";
    }

    [GeneratedRegex("[^ ]*[0-9/][^ ]*", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Names();
}
