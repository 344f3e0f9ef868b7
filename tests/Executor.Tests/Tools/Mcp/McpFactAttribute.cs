namespace LoopBus.Executor.Tests.Tools.Mcp;

/// <summary>A test that talks to MCP servers of npm's; skipped where there is no npm.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class McpFactAttribute : FactAttribute
{
    private static readonly bool IsThere = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, "npm")));

    public McpFactAttribute() => Skip = IsThere ? null : "There is no npm here: the MCP servers of this test come from it (Debian: apt-get install nodejs npm).";
}
