using LoopBus.Contracts.Execution;

namespace LoopBus.Executor.Tools.Mcp;

/// <summary>An operator's word on one tool of a server; it stands over what the server says, either way.</summary>
internal sealed class McpToolOptions
{
    public Effect? Effect { get; set; }

    public BlastRadius? BlastRadius { get; set; }

    /// <summary>The whole name of the tool that takes its effect back.</summary>
    public string? Compensation { get; set; }

    public double? TimeoutSeconds { get; set; }

    /// <summary>Whether an error that the tool tells means that it has done nothing; else such an error leaves an effect in doubt.</summary>
    public bool FailsClean { get; set; }
}
