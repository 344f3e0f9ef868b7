namespace LoopBus.Hosting.Git;

/// <summary>
/// One file of a range. Status is added, modified, deleted, renamed, copied or type-changed; ChangedLines are lines of the new text, RemovedLines of the old.
/// A binary file, a link or a submodule has no lines (Binary).
/// </summary>
public sealed record ChangedFile(
    string Path,
    string? OldPath,
    string Status,
    bool Binary,
    IReadOnlyList<LineRange> ChangedLines,
    IReadOnlyList<LineRange> RemovedLines
)
{
    public int AddedCount => ChangedLines.Sum(range => range.End - range.Start + 1);

    public int RemovedCount => RemovedLines.Sum(range => range.End - range.Start + 1);
}
