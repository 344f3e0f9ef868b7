using LoopBus.Chaos.Loads;
using LoopBus.Chaos.Outside;

namespace LoopBus.Chaos.Checks;

/// <summary>The calls of runs that did not succeed are taken back, each of them, the newest first, and those of no other run.</summary>
internal static class TakenBack
{
    public static IEnumerable<string> Violations(Evidence evidence)
    {
        var undone = evidence.Journal.Where(entry => entry.Kind == Entry.Undo).ToLookup(entry => entry.Task);
        foreach (var run in evidence.Runs)
        {
            // An undo may come to the server more than once: it is idempotent. Its first coming counts.
            var first = undone[run.Task].GroupBy(entry => entry.Step).ToDictionary(step => step.Key, step => step.Min(entry => entry.Number));
            var wanted = run.Steps
                .Where(step => step.GetProperty("status").GetString() == "compensated" && step.GetProperty("tool").GetString() == "http.request")
                .OrderBy(step => step.GetProperty("endedAt").GetDateTimeOffset())
                .Select(step => step.GetProperty("id").GetString()!)
                .ToList();
            // One after the other, whatever the clock said; what ran side by side has only the clock's order.
            if (run.Begun.Kind == LoadKind.Calls)
                wanted.Sort(StringComparer.Ordinal);
            var hasOrder = run.Begun.Kind == LoadKind.Calls || evidence.HasSteadyTime([.. evidence.Journal.Where(entry => entry.Task == run.Task)]);

            foreach (var step in first.Keys.Except(wanted))
                yield return $"{run.Task} {step}: taken back, though the run ({run.Status}) does not say so.";
            foreach (var step in wanted.Where(step => !first.ContainsKey(step)))
                yield return $"{run.Task} {step}: the run ({run.Status}) says it is taken back, and the journal has it not.";
            if (hasOrder && wanted.TrueForAll(first.ContainsKey) && !wanted.Select(step => -first[step]).SequenceEqual(wanted.Select(step => -first[step]).Order()))
                yield return $"{run.Task}: taken back in the order {string.Join(", ", wanted.OrderBy(step => first[step]))}; done in the order {string.Join(", ", wanted)}.";
        }
    }
}
