using System.Text.Json;
using Microsoft.Extensions.Options;

namespace LoopBus.Executor.Tools.Files;

/// <summary>file.read: the content of one file below the root.</summary>
internal sealed class FileReadTool(FileRoot root, IOptions<FileToolOptions> options) : ITool
{
    public string Name => "file.read";

    public Task<JsonElement> Invoke(ToolCall call, CancellationToken cancellationToken)
    {
        var path = call.Arguments.GetProperty("path").GetString()!;
        return FileFault.Told(path, () => Read(path, cancellationToken));
    }

    private async Task<JsonElement> Read(string path, CancellationToken cancellationToken)
    {
        var place = root.Resolve(path);

        if (!File.Exists(place))
            throw new ToolException("file-not-found", $"'{path}' does not exist, or is a folder.");

        await using var file = new FileStream(place, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 4096, FileOptions.Asynchronous);
        FileRoot.Confirm(file, place);

        var limit = options.Value.MaxBytes;
        var buffer = new byte[limit + 1];
        var read = await file.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken);

        if (read > limit)
            throw new ToolException("file-too-large", $"'{path}' has more than {limit} bytes (LoopBus:Files:MaxBytes).");

        var bytes = buffer[..read];
        var (content, encoding) = FileContent.To(bytes);
        return JsonSerializer.SerializeToElement(new { path, content, encoding, bytes = read, sha256 = FileContent.Sha256(bytes) });
    }
}
