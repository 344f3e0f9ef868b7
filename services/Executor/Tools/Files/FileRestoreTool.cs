using System.Text.Json;

namespace LoopBus.Executor.Tools.Files;

/// <summary>file.restore: takes a file.write back, as often as it is asked, unless someone else changed the file after it.</summary>
internal sealed class FileRestoreTool(FileRoot root, Backups backups) : ITool
{
    public string Name => "file.restore";

    public Task<JsonElement> Invoke(ToolCall call, CancellationToken cancellationToken)
    {
        var key = call.Arguments.GetProperty("backup").GetString()!;
        var manifest = backups.Find(key)
            ?? throw new ToolException("no-backup", $"There is no backup '{key}' below LoopBus:Files:Root; it may be older than LoopBus:Files:BackupDays.");

        if (call.Arguments.TryGetProperty("path", out var path) && path.GetString() != manifest.Path)
            throw new ToolException("bad-backup", $"The backup '{key}' is of '{manifest.Path}', not of '{path.GetString()}'.");

        return FileFault.Told(manifest.Path, () => Restore(manifest, cancellationToken));
    }

    private async Task<JsonElement> Restore(BackupManifest manifest, CancellationToken cancellationToken)
    {
        if (!manifest.Restored)
        {
            await PutBack(manifest, root.Resolve(manifest.Path), cancellationToken);
            await backups.Release(manifest, cancellationToken);
        }

        return JsonSerializer.SerializeToElement(new { path = manifest.Path, restored = true, existed = manifest.Existed, sha256 = manifest.PreviousSha256 });
    }

    private async Task PutBack(BackupManifest manifest, string place, CancellationToken cancellationToken)
    {
        var current = await FileContent.Sha256Of(place, cancellationToken);

        if (manifest.Left(current))
            return;

        if (!manifest.Wrote(current))
            throw new ToolException("changed-since", $"'{manifest.Path}' was changed after the write that is to be taken back; compare it with the backup {manifest.Key} and restore it by hand.");

        if (manifest.Existed)
            await AtomicFile.Write(place, await backups.Content(manifest.Key, cancellationToken), cancellationToken, FileRoot.Confirm);
        else
            File.Delete(place);
    }
}
