namespace LoopBus.Loops;

/// <summary>The kinds of checks that the critic knows, each with the parameters that it needs and those that it may have.</summary>
public static class CheckKinds
{
    /// <summary>The one that a model judges, and only where all others hold.</summary>
    public const string Rubric = "rubric";

    public static IReadOnlyDictionary<string, (IReadOnlyList<string> Needs, IReadOnlyList<string> May)> All { get; } =
        new SortedDictionary<string, (IReadOnlyList<string> Needs, IReadOnlyList<string> May)>(StringComparer.Ordinal)
        {
            ["schema"] = (["schema"], ["path"]),
            ["equals"] = (["path", "value"], []),
            ["count-below"] = (["path", "limit"], []),
            ["minimum"] = (["path"], ["above", "atLeast"]),
            ["unique"] = (["path"], ["by"]),
            ["covers"] = (["path", "all"], []),
            ["when-any"] = (["path", "equals", "then"], []),
            ["cited-lines-exist"] = (["path", "repository", "head"], ["base"]),
            [Rubric] = (["criteria"], ["path"]),
            ["notes-exist"] = (["repository", "commit"], ["contains"]),
        };
}
