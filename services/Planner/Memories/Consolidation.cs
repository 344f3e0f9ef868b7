using LoopBus.Contracts.Runs;

namespace LoopBus.Planner.Memories;

/// <summary>Makes memories of what a run learned. What a run found that failed is no fact: it is kept as what went wrong, for the next to read (Reflexion; Shinn et al., 2023).</summary>
internal static class Consolidation
{
    private const string Completed = "completed";
    private const int MostFacts = 50;
    private const int MostLessons = 20;
    private const int MostOfFinding = 200;

    public static IReadOnlyList<Memory> Of(RunLearned run)
    {
        var memories = (run.Status == Completed ? Facts(run) : WentWrong(run)).Concat(Lessons(run)).Concat(Said(run)).Where(memory => memory.Text.Length > 0);

        return [.. memories.GroupBy(memory => memory.Id).Select(same => same.First())];
    }

    // Of one key the last value counts.
    private static IEnumerable<Memory> Facts(RunLearned run) => run.Facts
        .Where(fact => fact is { Key.Length: > 0, Value: not null })
        .GroupBy(fact => MemoryText.Key(fact.Key)).Select(same => same.Last()).TakeLast(MostFacts)
        .Select(fact => Make(run, MemoryKind.Fact, MemoryText.Key(fact.Key), MemoryText.Of(fact.Value), fact.Source, fact.Source is "person" or "people" ? fact.Source : "planner"));

    private static IEnumerable<Memory> WentWrong(RunLearned run)
    {
        var found = string.Join("; ", run.Facts.TakeLast(10).Select(fact => MemoryText.Of($"{fact.Key}: {fact.Value}", MostOfFinding)));
        yield return Make(run, MemoryKind.Lesson, "", MemoryText.Of($"A run did not succeed ({run.Status}): {(run.Reason ?? "nobody knows why").TrimEnd('.', ' ')}.{(found.Length > 0 ? $" It had found: {found}" : "")}"), "end", "coordinator");
    }

    private static IEnumerable<Memory> Lessons(RunLearned run) =>
        run.Lessons.TakeLast(MostLessons).Select(lesson => Make(run, MemoryKind.Lesson, "", MemoryText.Of(lesson), "", "planner"));

    private static IEnumerable<Memory> Said(RunLearned run) => run.Said.TakeLast(MostLessons)
        .Select(said => Make(run, said.Kind == "feedback" ? MemoryKind.Lesson : MemoryKind.Decision, "", MemoryText.Of($"{said.Kind}: {said.Text}"), said.Kind, said.By));

    private static Memory Make(RunLearned run, string kind, string key, string text, string source, string by) => new()
    {
        Id = MemoryText.Id(run.Scope, kind, key, text),
        Scope = run.Scope,
        Kind = kind,
        Key = key,
        Text = text,
        Words = string.Join(' ', MemoryText.Words($"{key} {text}")),
        TaskId = run.TaskId,
        Loop = $"{run.Loop.Name}@{run.Loop.Version}",
        Source = MemoryText.Of(source, MemoryText.MostOfName),
        By = MemoryText.Of(by, MemoryText.MostOfName),
        LearnedAt = run.EndedAt,
        UsedAt = run.EndedAt,
    };
}
