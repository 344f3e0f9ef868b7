using LoopBus.Contracts.Execution;

namespace LoopBus.Loops.Tools;

/// <summary>What an MCP server says of a tool (Model Context Protocol, tool annotations); what it does not say is taken for the worst.</summary>
public sealed record McpHints(bool? ReadOnly = null, bool? Destructive = null, bool? Idempotent = null, bool? OpenWorld = null)
{
    /// <returns>The effect and blast radius that the gate goes by. No hint makes a tool reversible: only an operator who names its compensation does.</returns>
    public DeclaredEffect Declared() => (Reads, Destructive ?? true, Idempotent ?? false, OpenWorld ?? true) switch
    {
        (true, _, _, false) => new(Effect.None, BlastRadius.None),
        (true, _, _, true) => new(Effect.None, BlastRadius.Low),
        (_, false, true, false) => new(Effect.Idempotent, BlastRadius.Low),
        (_, false, true, true) => new(Effect.Idempotent, BlastRadius.Medium),
        // To add, such as to send or to post, can not be taken back either.
        (_, false, false, false) => new(Effect.Irreversible, BlastRadius.Low),
        (_, false, false, true) => new(Effect.Irreversible, BlastRadius.Medium),
        (_, true, true, false) => new(Effect.Irreversible, BlastRadius.Medium),
        (_, true, true, true) => new(Effect.Irreversible, BlastRadius.High),
        (_, true, false, false) => new(Effect.Irreversible, BlastRadius.High),
        (_, true, false, true) => new(Effect.Irreversible, BlastRadius.VeryHigh),
    };

    // A server that says both says nothing that can be relied on.
    private bool Reads => ReadOnly == true && Destructive != true;
}
