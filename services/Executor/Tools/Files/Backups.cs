using System.Text.Json;
using System.Text.RegularExpressions;
using LoopBus.Hosting.Files;
using Microsoft.Extensions.Options;

namespace LoopBus.Executor.Tools.Files;

/// <summary>What writes replaced, one folder per idempotency key below the root, for a bounded time. A manifest is written last: it stands for a complete backup.</summary>
internal sealed partial class Backups(FileRoot root, IOptions<FilesOptions> options, TimeProvider time)
{
    private const string Manifest = "manifest.json";
    private const string Previous = "previous";

    private DateTimeOffset _pruned;

    public BackupManifest? Find(string key)
    {
        var manifest = Path.Combine(Place(key), Manifest);
        return File.Exists(manifest) ? JsonSerializer.Deserialize<BackupManifest>(File.ReadAllBytes(manifest)) : null;
    }

    public async Task Keep(BackupManifest manifest, byte[]? previous, CancellationToken cancellationToken)
    {
        Prune();
        Directory.CreateDirectory(Place(manifest.Key));

        if (previous is not null)
            await AtomicFile.Write(Path.Combine(Place(manifest.Key), Previous), previous, cancellationToken);

        await Write(manifest, cancellationToken);
    }

    public Task<byte[]> Content(string key, CancellationToken cancellationToken) =>
        File.ReadAllBytesAsync(Path.Combine(Place(key), Previous), cancellationToken);

    public async Task Release(BackupManifest manifest, CancellationToken cancellationToken)
    {
        await Write(manifest with { Restored = true }, cancellationToken);
        File.Delete(Path.Combine(Place(manifest.Key), Previous));
    }

    private Task Write(BackupManifest manifest, CancellationToken cancellationToken) =>
        AtomicFile.Write(Path.Combine(Place(manifest.Key), Manifest), JsonSerializer.SerializeToUtf8Bytes(manifest), cancellationToken);

    private string Place(string key) =>
        KeyForm().IsMatch(key)
            ? Path.Combine(Folder(), key)
            : throw new ToolException("bad-backup", $"'{key}' is no backup's name; take it from the output of file.write.");

    private string Folder()
    {
        var folder = new DirectoryInfo(Path.Combine(root.Folder, FilesRoot.BackupFolder));
        return folder.LinkTarget is null
            ? folder.FullName
            : throw new ToolException("bad-path", $"{FilesRoot.BackupFolder} is a symbolic link; the file tools follow none.");
    }

    private void Prune()
    {
        var now = time.GetUtcNow();
        var folder = new DirectoryInfo(Folder());

        if (now - _pruned < TimeSpan.FromDays(1) || !folder.Exists)
            return;

        foreach (var old in folder.EnumerateDirectories().Where(backup => now.UtcDateTime - backup.LastWriteTimeUtc > TimeSpan.FromDays(options.Value.BackupDays)))
            old.Delete(recursive: true);

        _pruned = now;
    }

    [GeneratedRegex("^[A-Za-z0-9_-]{1,64}$", RegexOptions.None, 1000)]
    private static partial Regex KeyForm();
}
