using LoopBus.Hosting.Files;

namespace LoopBus.Executor.Tools.Files;

/// <summary>Whole files only: a reader, or a crash, sees the old content or the new, never a part.</summary>
internal static class AtomicFile
{
    public static async Task Write(string place, ReadOnlyMemory<byte> content, CancellationToken cancellationToken, Action<FileStream, string>? confirm = null)
    {
        var temporary = Path.Combine(Path.GetDirectoryName(place)!, $"{FilesRoot.TemporaryPrefix}{Guid.NewGuid():N}");

        try
        {
            await using (var file = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None, 4096, FileOptions.Asynchronous))
            {
                confirm?.Invoke(file, temporary);
                await file.WriteAsync(content, cancellationToken);
                file.Flush(flushToDisk: true);
            }

            if (!OperatingSystem.IsWindows() && File.Exists(place))
                File.SetUnixFileMode(temporary, File.GetUnixFileMode(place));

            File.Move(temporary, place, overwrite: true);
        }
        finally
        {
            File.Delete(temporary);
        }
    }
}
