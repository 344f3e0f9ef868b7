namespace LoopBus.Hosting.Git;

/// <summary>Where repositories may lie, and the bounds of one call to git (bytes, seconds); section LoopBus:Git.</summary>
public sealed class GitOptions
{
    public const string Section = "LoopBus:Git";

    /// <summary>Folders that repositories may lie in; none means that no repository may be opened.</summary>
    public IList<string> Roots { get; init; } = [];

    public string Executable { get; set; } = "git";

    public int MaxOutputBytes { get; set; } = 64 * 1024 * 1024;

    public int MaxFileBytes { get; set; } = 4 * 1024 * 1024;

    public double TimeoutSeconds { get; set; } = 30;
}
