namespace LoopBus.Hosting.Git;

/// <summary>Finds the git directory of a repository and holds it, and all that it borrows from, inside the allowed roots.</summary>
internal sealed class GitFolder(IReadOnlyList<string> roots)
{
    public string Find(string path)
    {
        if (roots.Count == 0)
            throw new GitException(
                "repository-not-allowed",
                $"No repository may be opened: set {GitOptions.Section}:Roots to the folders that repositories lie in."
            );
        if (string.IsNullOrWhiteSpace(path) || path.Contains('\0', StringComparison.Ordinal) || !Path.IsPathFullyQualified(path))
            throw new GitException("repository-not-allowed", $"'{path}' is no absolute path; name the repository's folder in full.");

        var folder = Inside(path, path);
        if (!Directory.Exists(folder))
            throw new GitException("repository-not-found", $"There is no folder '{path}'; name a git repository's folder.");

        var git = GitDirectoryOf(folder, path);
        foreach (var part in new[] { "objects", "refs", "config", "HEAD", "packed-refs" })
            Inside(Path.Combine(git.Common, part), path);
        Alternates(Path.Combine(git.Common, "objects"), path, 0);
        return git.Directory;
    }

    private (string Directory, string Common) GitDirectoryOf(string folder, string asked)
    {
        var dot = Path.Combine(folder, ".git");
        var directory =
            Directory.Exists(dot) ? Inside(dot, asked)
            : File.Exists(dot) ? Inside(Linked(dot, asked), asked)
            : folder;
        var pointer = Path.Combine(directory, "commondir");
        var common = File.Exists(pointer) ? Inside(Path.GetFullPath(File.ReadAllText(pointer).Trim(), directory), asked) : directory;
        if (!File.Exists(Path.Combine(directory, "HEAD")) || !Directory.Exists(Path.Combine(common, "objects")))
            throw new GitException(
                "repository-not-found",
                $"'{asked}' is no git repository; name the folder that holds .git, or a bare repository."
            );

        return (directory, common);
    }

    // A worktree's or submodule's .git is a file that names the directory.
    private static string Linked(string file, string asked)
    {
        const string Prefix = "gitdir:";
        var text = File.ReadAllText(file).Trim();
        return text.StartsWith(Prefix, StringComparison.Ordinal)
            ? Path.GetFullPath(text[Prefix.Length..].Trim(), Path.GetDirectoryName(file)!)
            : throw new GitException("repository-not-found", $"'{asked}' has a .git file that names no directory; repair the worktree.");
    }

    private void Alternates(string objects, string asked, int depth)
    {
        var file = Path.Combine(objects, "info", "alternates");
        // git follows five levels and no more.
        if (depth > 5 || !File.Exists(file))
            return;

        foreach (var line in File.ReadLines(file).Where(line => line.Length > 0 && line[0] != '#'))
            Alternates(Inside(Path.GetFullPath(line, objects), asked), asked, depth + 1);
    }

    private string Inside(string path, string asked)
    {
        var real = RealPath.Of(path);
        return roots.Any(root => RealPath.IsInside(root, real))
            ? real
            : throw new GitException(
                "repository-not-allowed",
                $"The repository '{asked}' lies outside {GitOptions.Section}:Roots ({string.Join(", ", roots)}); move it there, or add its folder to the roots."
            );
    }
}
