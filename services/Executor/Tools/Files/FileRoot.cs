using LoopBus.Hosting.Files;

namespace LoopBus.Executor.Tools.Files;

/// <summary>The folder of the files, whose refusals are a tool's failures.</summary>
internal sealed class FileRoot(FilesRoot root)
{
    public string Folder => Told(() => root.Folder);

    public string Resolve(string path) => Told(() => root.Resolve(path));

    public async Task<byte[]> Read(string path, CancellationToken cancellationToken)
    {
        try
        {
            return await root.Read(path, cancellationToken) ?? throw new ToolException("file-not-found", $"'{path}' does not exist, or is a folder.");
        }
        catch (FilesException refused)
        {
            throw new ToolException(refused.Code, refused.Message, inner: refused);
        }
    }

    public static void Confirm(FileStream file, string expected) => Told(() =>
    {
        FilesRoot.Confirm(file, expected);
        return true;
    });

    private static T Told<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (FilesException refused)
        {
            throw new ToolException(refused.Code, refused.Message, inner: refused);
        }
    }
}
