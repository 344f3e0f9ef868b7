namespace LoopBus.Loops.Debating;

/// <summary>One who proposes a result: a name, what it is to mind, and as whom its model is chosen (planner where null).</summary>
public sealed record Proposer(string Name, string Persona, string? Role = null);
