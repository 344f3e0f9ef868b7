namespace LoopBus.Contracts.Approval;

/// <summary>What a person gives a stuck run to go on with: a fact, another subgoal, invariants that this run may break. Each may be missing.</summary>
public sealed record Intervention(string? Fact, string? Subgoal, IReadOnlyList<string>? Relax, string By);
