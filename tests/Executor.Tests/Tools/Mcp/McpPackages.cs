using LoopBus.Testing;
using LoopBus.Testing.Processes;

namespace LoopBus.Executor.Tests.Tools.Mcp;

/// <summary>The servers of tests/Executor.Tests/mcp, installed once as its lock file says.</summary>
internal static class McpPackages
{
    private static readonly Lazy<Task> Installed = new(Install);

    private static string Folder => Repository.PathOf("tests", "Executor.Tests", "mcp");

    public static string Everything => Script("server-everything");

    public static string Filesystem => Script("server-filesystem");

    public static Task Ready() => Installed.Value;

    private static string Script(string package) => Path.Combine(Folder, "node_modules", "@modelcontextprotocol", package, "dist", "index.js");

    private static async Task Install()
    {
        // npm writes it last, with what it has installed.
        var done = new FileInfo(Path.Combine(Folder, "node_modules", ".package-lock.json"));

        if (!done.Exists || done.LastWriteTimeUtc < File.GetLastWriteTimeUtc(Path.Combine(Folder, "package-lock.json")))
            await Shell.Run("npm", "ci", "--prefix", Folder, "--ignore-scripts", "--no-audit", "--no-fund");
    }
}
