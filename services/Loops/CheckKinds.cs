namespace LoopBus.Loops;

/// <summary>The kinds of checks that the critic knows, each with the parameters that it needs and those that it may have.</summary>
public static class CheckKinds
{
    /// <summary>A model judges it, and only where all others hold.</summary>
    public const string Rubric = "rubric";

    /// <summary>A model judges it, beside another candidate.</summary>
    public const string Preferred = "preferred";

    /// <summary>A program says whether it holds.</summary>
    public const string Command = "command";

    /// <summary>What an abstention of the judge counts as; the other word, and the rule, is fail.</summary>
    public const string Pass = "pass";

    public static IReadOnlyList<string> Judged { get; } = [Rubric, Preferred];

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
            ["end-state"] = (["expected"], ["path", "value", "ignore"]),
            ["citations"] = (["path"], ["sources", "numbers", "least"]),
            ["file"] = (["path"], ["exists", "contains", "sha256"]),
            ["http"] = (["url"], ["status", "contains"]),
            [Command] = (["program"], ["arguments", "path", "exitCode", "contains"]),
            ["cited-lines-exist"] = (["path", "repository", "head"], ["base"]),
            ["notes-exist"] = (["repository", "commit"], ["contains"]),
            [Rubric] = (["criteria"], ["path", "onAbstain"]),
            [Preferred] = (["criteria", "over"], ["path", "onAbstain"]),
        };
}
