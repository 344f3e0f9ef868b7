using LoopBus.Hosting.Git;

namespace LoopBus.Executor.Tools.Git;

/// <summary>One item of git.changed_files; AddedLines counts the lines of ChangedLines.</summary>
internal sealed record FileChange(
    string Path,
    string Status,
    string Language,
    IReadOnlyList<LineRange> ChangedLines,
    IReadOnlyList<LineRange> RemovedLines,
    int AddedLines,
    bool Binary,
    bool IsTest,
    string? OldPath = null
)
{
    public static FileChange Of(ChangedFile file) =>
        new(
            file.Path,
            file.Status,
            Git.Language.Of(file.Path),
            file.ChangedLines,
            file.RemovedLines,
            file.AddedCount,
            file.Binary,
            FileKind.IsTest(file.Path),
            file.OldPath
        );
}
