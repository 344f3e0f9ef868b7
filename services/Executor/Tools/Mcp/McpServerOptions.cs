using System.ComponentModel.DataAnnotations;

namespace LoopBus.Executor.Tools.Mcp;

/// <summary>One MCP server, a child process that speaks on its standard input and output.</summary>
internal sealed class McpServerOptions
{
    public string Command { get; set; } = "";

    public string[] Arguments { get; set; } = [];

    public string? WorkingDirectory { get; set; }

    /// <summary>What the process is given beside PATH and HOME; nothing else of this process's environment reaches it.</summary>
    public Dictionary<string, string> Environment { get; set; } = new(StringComparer.Ordinal);

    /// <summary>The longest that a call of one of its tools may take.</summary>
    [Range(0.1, 24 * 3600)]
    public double TimeoutSeconds { get; set; } = 60;

    /// <summary>The longest that it may take to start, and to say which tools it has.</summary>
    [Range(0.1, 600)]
    public double StartSeconds { get; set; } = 30;

    /// <summary>The least time between two starts; it doubles, up to a minute, while the server does not stay up.</summary>
    [Range(0.01, 60)]
    public double RestartSeconds { get; set; } = 2;

    /// <summary>A larger output is cut, and kept whole as a file below LoopBus:Files:Root.</summary>
    [Range(1024, 16 * 1024 * 1024)]
    public int MaxOutputBytes { get; set; } = 64 * 1024;

    /// <summary>Calls at once; further ones wait within their time.</summary>
    [Range(1, 1000)]
    public int MaxCalls { get; set; } = 4;

    /// <summary>What an operator knows better than the server, by the tool's name.</summary>
    public Dictionary<string, McpToolOptions> Tools { get; set; } = new(StringComparer.Ordinal);
}
