using LoopBus.Chaos.Outside;
using LoopBus.Loops;

namespace LoopBus.Chaos.Checks;

/// <summary>Each call that must not be made twice was made once where its run says it is done, and never where the run says it is not.</summary>
internal static class CallsOnce
{
    private const string Tool = "http.request";

    public static IEnumerable<string> Violations(Evidence evidence)
    {
        var made = evidence.Journal.Where(entry => entry.Kind == Entry.Effect).ToLookup(entry => entry.Key!);
        var known = new HashSet<string>();
        foreach (var run in evidence.Runs)
        {
            // Of what its loop wants, and not only of what the run says it has done.
            foreach (var step in run.Begun.Kind.Effects.Where(step => run.IsCompleted && !made[IdempotencyKey.For(run.Task, step, Tool)].Any()))
                yield return $"{run.Task} {step}: lost: the run is completed, and the journal has it not.";
            foreach (var step in run.Steps.Where(step => step.GetProperty("tool").GetString() == Tool && step.GetProperty("arguments").GetProperty("method").GetString() == "POST"))
            {
                var id = step.GetProperty("id").GetString()!;
                var key = IdempotencyKey.For(run.Task, id, Tool);
                var (times, status) = (made[key].Count(), step.GetProperty("status").GetString());
                var isDone = status is "done" or "compensated";
                known.Add(key);
                if (times > 1)
                    yield return $"{run.Task} {id}: doubled: the journal has it {times} times ({string.Join(", ", made[key].Select(entry => $"{entry.At:HH:mm:ss.fff}"))}); the step is {status}.";
                else if (isDone && times == 0 && !(run.IsCompleted && run.Begun.Kind.Effects.Contains(id)))
                    yield return $"{run.Task} {id}: lost: the step is {status}, and the journal has it not.";
                else if (!isDone && times == 1)
                    yield return $"{run.Task} {id}: forgotten: the journal has it, and the step is {status}: {step.GetProperty("problem")}.";
                else if (run.IsCompleted != (status == "done") && status != "dropped" && isDone)
                    yield return $"{run.Task} {id}: the run is {run.Status}, and its effect is {status}.";
            }
        }

        foreach (var stray in made.Where(key => !known.Contains(key.Key)).Select(key => key.First()))
            yield return $"{stray.Task} {stray.Step}: the journal has an effect of a step that no run knows.";
    }
}
