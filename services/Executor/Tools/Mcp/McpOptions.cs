namespace LoopBus.Executor.Tools.Mcp;

/// <summary>The MCP servers whose tools this executor runs, and the file that says which tools these are.</summary>
internal sealed class McpOptions
{
    public const string Section = "LoopBus:Mcp";

    /// <summary>The file that describe-mcp wrote; every service reads the same one, at its start.</summary>
    public string? Descriptors { get; set; }

    public Dictionary<string, McpServerOptions> Servers { get; set; } = new(StringComparer.Ordinal);
}
