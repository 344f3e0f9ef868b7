using Microsoft.Extensions.Options;

namespace LoopBus.Executor.Tools.Files;

/// <summary>Turns a plan's relative path into a place below the root, or refuses: no traversal, no links, not the backups.</summary>
internal sealed class FileRoot(IOptions<FileToolOptions> options)
{
    public const string BackupFolder = ".loopbus-backup";

    /// <summary>What a temporary file's name begins with; no plan may name such a file.</summary>
    public const string TemporaryPrefix = ".loopbus-new-";

    public string Folder
    {
        get
        {
            if (string.IsNullOrWhiteSpace(options.Value.Root))
                throw new ToolException("not-configured", "The file tools have no folder; an operator sets LoopBus:Files:Root.");

            var root = new DirectoryInfo(Path.GetFullPath(options.Value.Root));
            return root.Exists
                ? Path.TrimEndingDirectorySeparator((root.ResolveLinkTarget(returnFinalTarget: true) ?? root).FullName)
                : throw new ToolException("not-configured", $"The folder LoopBus:Files:Root ({root.FullName}) does not exist; create it or change the setting.");
        }
    }

    public string Resolve(string path)
    {
        var segments = path.Split('/');

        if (path.Length is 0 or > 1024 || path.Contains('\0') || path.Contains('\\') || Path.IsPathRooted(path)
            || segments.Any(segment => segment is "" or "." or ".." || segment.Contains(':')))
            throw new ToolException("bad-path", $"'{path}' is no plain relative path below LoopBus:Files:Root, such as notes/today.md.");

        if (segments.Any(segment => segment.Equals(BackupFolder, StringComparison.OrdinalIgnoreCase) || segment.StartsWith(TemporaryPrefix, StringComparison.OrdinalIgnoreCase)))
            throw new ToolException("bad-path", $"'{path}' is kept for the file tools' own use.");

        return segments.Aggregate(Folder, (folder, segment) => WithoutLink(Path.Combine(folder, segment), path));
    }

    /// <summary>After the opening, asks the system where the file really is: a link put in place after the first look gains nothing.</summary>
    public static void Confirm(FileStream file, string expected)
    {
        if (!OperatingSystem.IsLinux())
            return;

        var actual = new FileInfo($"/proc/self/fd/{file.SafeFileHandle.DangerousGetHandle()}").LinkTarget;

        if (actual != expected)
            throw new ToolException("bad-path", $"'{Path.GetFileName(expected)}' moved while it was opened; nothing was read or written.");
    }

    private static string WithoutLink(string place, string path) =>
        new FileInfo(place).LinkTarget is null
            ? place
            : throw new ToolException("bad-path", $"'{path}' goes through a symbolic link ({Path.GetFileName(place)}); the file tools follow none.");
}
