namespace LoopBus.Hosting.Git;

/// <summary>A path with every symbolic link in it followed, so that a link cannot lead out of an allowed folder.</summary>
public static class RealPath
{
    // As Linux: more links than this in one path are taken for a circle.
    private const int MaxLinks = 40;

    /// <summary>The absolute path behind the links; parts that do not exist stay as they are.</summary>
    /// <exception cref="IOException">The links of the path go in a circle.</exception>
    public static string Of(string path) => Resolve(Path.GetFullPath(path), 0);

    /// <summary>Whether the path behind the links is the root or lies below it.</summary>
    public static bool IsInside(string root, string path)
    {
        var relative = Path.GetRelativePath(Of(root), Of(path));
        return relative != ".."
            && !relative.StartsWith(".." + Path.DirectorySeparatorChar, StringComparison.Ordinal)
            && !Path.IsPathRooted(relative);
    }

    private static string Resolve(string full, int links)
    {
        var current = Path.GetPathRoot(full)!;
        foreach (var part in full[current.Length..].Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries))
        {
            var next = Path.Combine(current, part);
            var target = new FileInfo(next).LinkTarget;
            if (target is not null && links >= MaxLinks)
                throw new IOException($"The symbolic links of '{full}' go in a circle; name the real folder.");

            current = target is null ? next : Resolve(Path.GetFullPath(target, current), ++links);
        }

        return current;
    }
}
