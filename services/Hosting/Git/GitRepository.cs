namespace LoopBus.Hosting.Git;

/// <summary>One repository: resolves ranges, tells what changed, shows files, keeps review notes. Never runs a hook, and never touches branches, index or work tree.</summary>
public sealed class GitRepository
{
    private readonly GitProcess _git;
    private readonly GitOptions _options;

    internal GitRepository(GitProcess git, GitOptions options, string path, TimeProvider time)
    {
        (_git, _options, Path) = (git, options, path);
        Notes = new(git, this, time);
    }

    public string Path { get; }

    /// <summary>The notes under refs/notes/loopbus-review.</summary>
    public GitNotes Notes { get; }

    /// <summary>Resolves A..B, A...B (from their merge base) or one commit (from its first parent); before a first commit is the empty tree.</summary>
    /// <exception cref="GitException">range-invalid: not a form that may be asked for; revision-not-found: it names no commit here.</exception>
    public async Task<GitRange> Resolve(string range, CancellationToken cancellationToken = default)
    {
        var merged = range.Split("...");
        var plain = range.Split("..");
        return merged.Length == 2 ? await Merged(Or(merged[0]), Or(merged[1]), cancellationToken)
            : plain.Length == 2 ? new(await Base(Or(plain[0]), cancellationToken), await Commit(Or(plain[1]), cancellationToken))
            : await Single(range, cancellationToken);
    }

    /// <summary>The files that differ from base to head, with the lines touched on both sides.</summary>
    public async Task<IReadOnlyList<ChangedFile>> ChangedFiles(GitRange range, CancellationToken cancellationToken = default)
    {
        var (from, to) = (Revision.CheckId(range.Base), Revision.CheckId(range.Head));
        string[] shared =
        [
            "diff-tree",
            "-r",
            "--find-renames",
            "--no-ext-diff",
            "--no-textconv",
            "--no-color",
            "--submodule=short",
            "--ignore-submodules=none",
            "--full-index",
        ];
        var raw = await _git.Run(cancellationToken, [.. shared, "--raw", "-z", from, to, "--"]);
        var patch = await _git.Run(cancellationToken, [.. shared, "--patch", "-U0", from, to, "--"]);
        return Patch.Files(raw.OrThrow("compare the commits").Text, patch.OrThrow("compare the commits").Bytes);
    }

    /// <summary>A file's bytes at a commit (or tree), or null where there is no such file; a link or a folder is no file.</summary>
    public async Task<byte[]?> Show(string commit, string path, CancellationToken cancellationToken = default)
    {
        if (
            path.Length == 0
            || path.Contains('\0', StringComparison.Ordinal)
            || path[0] == '/'
            || path.Split('/').Any(part => part is "." or ".." or "")
        )
            throw new GitException(
                "file-invalid",
                $"'{path}' is no path inside a repository; name it from the repository's root, without '.' and '..'."
            );

        var listed = await _git.Run(cancellationToken, "ls-tree", "-z", "--full-tree", Revision.CheckId(commit), "--", path);
        var entry = listed.OrThrow("list the commit's files").Text.TrimEnd('\0').Split('\t', 2);
        if (entry.Length != 2 || entry[1] != path || entry[0].Split(' ') is not [['1', '0', '0', ..], "blob", var id])
            return null;

        return (await _git.Run(["cat-file", "blob", id], null, _options.MaxFileBytes, cancellationToken)).OrThrow("read the file").Bytes;
    }

    /// <summary>The paths of the files at a commit in which one of the words stands.</summary>
    public async Task<IReadOnlyList<string>> Mentioning(
        string commit,
        IReadOnlyCollection<string> words,
        CancellationToken cancellationToken = default
    )
    {
        var id = Revision.CheckId(commit);
        var found = await _git.Run(
            cancellationToken,
            [
                "grep",
                "--files-with-matches",
                "-z",
                "--text",
                "--word-regexp",
                "--fixed-strings",
                .. words.SelectMany(word => new[] { "-e", word }),
                id,
                "--",
            ]
        );
        // Exit code 1 says that nothing was found.
        return found.ExitCode == 1
            ? []
            :
            [
                .. found
                    .OrThrow("search the commit")
                    .Text.Split('\0', StringSplitOptions.RemoveEmptyEntries)
                    .Select(line => line[(id.Length + 1)..]),
            ];
    }

    /// <summary>The full id of the commit that a revision names.</summary>
    public async Task<string> Commit(string revision, CancellationToken cancellationToken = default) =>
        await Find(revision, "commit", cancellationToken) ?? throw Unknown(revision);

    private static string Or(string side) => side.Length == 0 ? "HEAD" : side;

    private GitException Unknown(string revision) =>
        new("revision-not-found", $"'{revision}' names no commit in '{Path}'; name a branch, a tag or a commit that is there.");

    private async Task<GitRange> Single(string revision, CancellationToken cancellationToken)
    {
        var head = await Commit(revision, cancellationToken);
        return new(await Find(head + "^1", "commit", cancellationToken) ?? await EmptyTree(cancellationToken), head);
    }

    private async Task<GitRange> Merged(string left, string right, CancellationToken cancellationToken)
    {
        var (from, to) = (await Commit(left, cancellationToken), await Commit(right, cancellationToken));
        var found = await _git.Run(cancellationToken, "merge-base", from, to);
        return new(found.Ok ? found.Line : await EmptyTree(cancellationToken), to);
    }

    // A push of a new branch says zeros; a hook after a first commit says HEAD~1: both mean that nothing was there before.
    private async Task<string> Base(string revision, CancellationToken cancellationToken)
    {
        if (Revision.IsZero(revision))
            return await EmptyTree(cancellationToken);
        if (await Find(revision, "commit", cancellationToken) is { } commit)
            return commit;
        if (Revision.ChildOf(revision) is { } child && await Find(child, "commit", cancellationToken) is not null)
            return await EmptyTree(cancellationToken);
        return await Find(revision, "tree", cancellationToken) ?? throw Unknown(revision);
    }

    private async Task<string?> Find(string revision, string type, CancellationToken cancellationToken)
    {
        var found = await _git.Run(
            cancellationToken,
            "rev-parse",
            "--verify",
            "--quiet",
            "--end-of-options",
            $"{Revision.Check(revision)}^{{{type}}}"
        );
        return found.Ok ? Revision.CheckId(found.Line) : null;
    }

    private async Task<string> EmptyTree(CancellationToken cancellationToken) =>
        (await _git.Run(cancellationToken, "hash-object", "-t", "tree", "--stdin")).OrThrow("name the empty tree").Line;
}
