using LoopBus.Executor.Tools.Git;

namespace LoopBus.Executor.Tools.Review;

/// <summary>A changed file with its texts: Old is null where it is new, New where it was deleted. Elsewhere are other files at head that declare types of the old text.</summary>
internal sealed record Change(FileChange File, Source? Old, Source? New)
{
    public IReadOnlyList<Source> Elsewhere { get; init; } = [];

    public bool IsCSharp => File.Language == Language.CSharp;

    public bool Touches(Side side, int line) =>
        (side == Side.New ? File.ChangedLines : File.RemovedLines).Any(range => range.Contains(line));

    public Source? Text(Side side) => side == Side.New ? New : Old;
}
