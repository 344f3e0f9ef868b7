using System.Text.Json;

namespace LoopBus.Executor.Tools.Files;

/// <summary>file.read: the content of one file below the root.</summary>
internal sealed class FileReadTool(FileRoot root) : ITool
{
    public string Name => "file.read";

    public Task<JsonElement> Invoke(ToolCall call, CancellationToken cancellationToken)
    {
        var path = call.Arguments.GetProperty("path").GetString()!;
        return FileFault.Told(path, () => Read(path, cancellationToken));
    }

    private async Task<JsonElement> Read(string path, CancellationToken cancellationToken)
    {
        var bytes = await root.Read(path, cancellationToken);
        var (content, encoding) = FileContent.To(bytes);
        return JsonSerializer.SerializeToElement(new { path, content, encoding, bytes = bytes.Length, sha256 = FileContent.Sha256(bytes) });
    }
}
