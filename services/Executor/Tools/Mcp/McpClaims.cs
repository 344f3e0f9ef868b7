using LoopBus.Executor.Tools.Files;

namespace LoopBus.Executor.Tools.Mcp;

/// <summary>Outputs that are too large for a message, as files below LoopBus:Files:Root, each under its hash: claims/&lt;sha256&gt;.</summary>
internal sealed class McpClaims(FileRoot root)
{
    public const string Folder = "claims";

    /// <returns>The hash.</returns>
    /// <exception cref="ToolException">There is no folder, or it could not be written.</exception>
    public async Task<string> Keep(byte[] whole, CancellationToken cancellationToken)
    {
        var hash = FileContent.Sha256(whole);
        var path = $"{Folder}/{hash}";
        var place = root.Resolve(path);

        return await FileFault.Told(path, async () =>
        {
            Directory.CreateDirectory(Path.GetDirectoryName(place)!);
            if (await FileContent.Sha256Of(place, cancellationToken) != hash)
                await AtomicFile.Write(place, whole, cancellationToken, FileRoot.Confirm);
            return hash;
        });
    }
}
