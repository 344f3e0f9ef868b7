using LoopBus.Executor.Tools.Git;

namespace LoopBus.Executor.Tools.Review.Rules;

/// <summary>More new lines in one file than a person reads well; what a machine wrote is not read.</summary>
internal sealed class OversizedRule : IRule
{
    private const int MostLines = 500;

    public string Name => "size/oversized-change";

    public IEnumerable<Hit> Look(Change change) =>
        change is { New: not null, File: { AddedLines: > MostLines, ChangedLines: [var first, ..] } }
        && !FileKind.IsGenerated(change.File.Path)
        && change.File.Language is not ("json" or "markdown" or "text" or "other")
            ?
            [
                new(
                    first.Start,
                    first.Start,
                    Severity.Low,
                    0.7,
                    $"{change.File.AddedLines} lines of this file are new or changed: more than a reviewer reads with care (over {MostLines}); split the change."
                ),
            ]
            : [];
}
