using Microsoft.Extensions.Options;

namespace LoopBus.Hosting.Files;

/// <summary>Turns a loop's relative path into a place below the root, or refuses: no traversal, no links, not the backups.</summary>
public sealed class FilesRoot(IOptions<FilesOptions> options)
{
    public const string BackupFolder = ".loopbus-backup";

    /// <summary>What a temporary file's name begins with; no loop may name such a file.</summary>
    public const string TemporaryPrefix = ".loopbus-new-";

    /// <exception cref="FilesException">There is no such folder.</exception>
    public string Folder
    {
        get
        {
            if (string.IsNullOrWhiteSpace(options.Value.Root))
                throw new FilesException("not-configured", "There is no folder for files; an operator sets LoopBus:Files:Root.");

            var root = new DirectoryInfo(Path.GetFullPath(options.Value.Root));
            return root.Exists
                ? Path.TrimEndingDirectorySeparator((root.ResolveLinkTarget(returnFinalTarget: true) ?? root).FullName)
                : throw new FilesException("not-configured", $"The folder LoopBus:Files:Root ({root.FullName}) does not exist; create it or change the setting.");
        }
    }

    /// <exception cref="FilesException">The path is none that a loop may name.</exception>
    public string Resolve(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        var segments = path.Split('/');

        if (path.Length is 0 or > 1024 || path.Contains('\0') || path.Contains('\\') || Path.IsPathRooted(path)
            || segments.Any(segment => segment is "" or "." or ".." || segment.Contains(':')))
            throw new FilesException("bad-path", $"'{path}' is no plain relative path below LoopBus:Files:Root, such as notes/today.md.");

        if (segments.Any(segment => segment.Equals(BackupFolder, StringComparison.OrdinalIgnoreCase) || segment.StartsWith(TemporaryPrefix, StringComparison.OrdinalIgnoreCase)))
            throw new FilesException("bad-path", $"'{path}' is kept for the file tools' own use.");

        return segments.Aggregate(Folder, (folder, segment) => WithoutLink(Path.Combine(folder, segment), path));
    }

    /// <returns>A file's bytes; null where there is no such file.</returns>
    /// <exception cref="FilesException">The path is none that a loop may name, or the file is larger than allowed.</exception>
    public async Task<byte[]?> Read(string path, CancellationToken cancellationToken)
    {
        var place = Resolve(path);
        if (!File.Exists(place))
            return null;

        await using var file = new FileStream(place, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 4096, FileOptions.Asynchronous);
        Confirm(file, place);

        var limit = options.Value.MaxBytes;
        var buffer = new byte[limit + 1];
        var read = await file.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken);

        return read <= limit ? buffer[..read] : throw new FilesException("file-too-large", $"'{path}' has more than {limit} bytes (LoopBus:Files:MaxBytes).");
    }

    /// <summary>After the opening, asks the system where the file really is: a link put in place after the first look gains nothing.</summary>
    /// <exception cref="FilesException">It is somewhere else.</exception>
    public static void Confirm(FileStream file, string expected)
    {
        ArgumentNullException.ThrowIfNull(file);
        if (!OperatingSystem.IsLinux())
            return;

        var actual = new FileInfo($"/proc/self/fd/{file.SafeFileHandle.DangerousGetHandle()}").LinkTarget;

        if (actual != expected)
            throw new FilesException("bad-path", $"'{Path.GetFileName(expected)}' moved while it was opened; nothing was read or written.");
    }

    private static string WithoutLink(string place, string path) =>
        new FileInfo(place).LinkTarget is null
            ? place
            : throw new FilesException("bad-path", $"'{path}' goes through a symbolic link ({Path.GetFileName(place)}); no link is followed.");
}
