using LoopBus.Chaos.Loads;
using LoopBus.Loops;

namespace LoopBus.Chaos.Checks;

/// <summary>Files and notes are what completed runs made them, and nothing is left of the others but what they say is left.</summary>
internal static class FilesKept
{
    public static IEnumerable<string> Violations(Evidence evidence)
    {
        foreach (var run in evidence.Runs)
        {
            foreach (var (name, content) in Wanted(run))
            {
                var path = Path.Combine(evidence.Files, name);
                var found = File.Exists(path) ? File.ReadAllText(path) : null;
                var expected = run.IsCompleted ? content : null;
                if (found != expected && !(found == content && SaysItIsLeft(run)))
                    yield return $"{run.Task}: {name} holds {found ?? "nothing"}; the run is {run.Status}: it should hold {expected ?? "nothing"}.";
            }

            if (run.Begun.Kind == LoadKind.Notes)
            {
                var times = evidence.Notes.Split($"LoopBus-Key: {IdempotencyKey.For(run.Task, "post", "review.post_notes")}").Length - 1;
                if (times != (run.IsCompleted ? 1 : 0))
                    yield return $"{run.Task}: its note is there {times} times; the run is {run.Status}.";
            }
        }
    }

    private static bool SaysItIsLeft(Told run) =>
        run.Status == "failed" && run.Steps.Any(step => step.GetProperty("tool").GetString() == "file.write" && step.GetProperty("status").GetString() == "not-compensated");

    private static IEnumerable<(string Name, string Content)> Wanted(Told run) =>
        run.Begun.Kind == LoadKind.Files ? [($"{run.Task}.txt", "two")]
        : run.Begun.Kind == LoadKind.Fan ? new[] { "0", "1", "2" }.Select(item => ($"{run.Task}-{item}.txt", item))
        : [];
}
