using System.Text.Json;
using LoopBus.Hosting.Files;
using Microsoft.Extensions.Options;

namespace LoopBus.Executor.Tools.Files;

/// <summary>file.write: puts a file's whole content in place; what was there is kept under the idempotency key, for file.restore.</summary>
internal sealed class FileWriteTool(FileRoot root, Backups backups, IOptions<FilesOptions> options, TimeProvider time) : ITool, IProbe
{
    public string Name => "file.write";

    public Task<JsonElement> Invoke(ToolCall call, CancellationToken cancellationToken)
    {
        var path = call.Arguments.GetProperty("path").GetString()!;
        return FileFault.Told(path, () => Write(path, call, cancellationToken));
    }

    public async Task<JsonElement?> Probe(ToolCall call, CancellationToken cancellationToken)
    {
        if (backups.Find(call.IdempotencyKey) is not { } manifest)
            return null;

        var current = await FileContent.Sha256Of(root.Resolve(manifest.Path), cancellationToken);
        return manifest.Restored || manifest.Wrote(current) ? Output(manifest) : manifest.Left(current) ? null : throw ChangedSince(manifest);
    }

    private async Task<JsonElement> Write(string path, ToolCall call, CancellationToken cancellationToken)
    {
        var place = root.Resolve(path);
        var content = FileContent.From(call.Arguments);

        if (content.Length > options.Value.MaxBytes)
            throw new ToolException("file-too-large", $"The content has {content.Length} bytes; LoopBus:Files:MaxBytes allows {options.Value.MaxBytes}.");

        if (Directory.Exists(place))
            throw new ToolException("bad-path", $"'{path}' is a folder.");

        if (await Probe(call, cancellationToken) is { } written)
            return written;

        // A backup that an attempt without effect left behind holds just what is there now.
        var manifest = backups.Find(call.IdempotencyKey) ?? await Keep(path, place, content, call, cancellationToken);

        Directory.CreateDirectory(Path.GetDirectoryName(place)!);
        await AtomicFile.Write(place, content, cancellationToken, FileRoot.Confirm);
        return Output(manifest);
    }

    private async Task<BackupManifest> Keep(string path, string place, byte[] content, ToolCall call, CancellationToken cancellationToken)
    {
        var existing = new FileInfo(place);

        if (existing.Exists && existing.Length > options.Value.MaxBackupBytes)
            throw new ToolException("file-too-large", $"'{path}' has {existing.Length} bytes, too many to keep as a backup (LoopBus:Files:MaxBackupBytes); it was not touched.");

        var previous = existing.Exists ? await File.ReadAllBytesAsync(place, cancellationToken) : null;
        var hash = previous is null ? null : FileContent.Sha256(previous);

        if (call.Arguments.TryGetProperty("expectedSha256", out var expected) && expected.GetString() != hash)
            throw new ToolException("changed-since", $"'{path}' is not what expectedSha256 says: it has {hash ?? "no content, it does not exist"}.");

        var manifest = new BackupManifest(call.IdempotencyKey, path, previous is not null, hash, FileContent.Sha256(content), content.Length, time.GetUtcNow());
        await backups.Keep(manifest, previous, cancellationToken);
        return manifest;
    }

    private static JsonElement Output(BackupManifest manifest) =>
        JsonSerializer.SerializeToElement(new
        {
            path = manifest.Path,
            bytes = manifest.WrittenBytes,
            sha256 = manifest.WrittenSha256,
            backup = manifest.Key,
            previous = new { existed = manifest.Existed, sha256 = manifest.PreviousSha256 },
        });

    private static ToolException ChangedSince(BackupManifest manifest) =>
        new("changed-since", $"'{manifest.Path}' is neither what was there nor what was to be written: someone else changed it meanwhile.") { OutcomeUnknown = true };
}
