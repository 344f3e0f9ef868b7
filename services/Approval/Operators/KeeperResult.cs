namespace LoopBus.Approval.Operators;

/// <summary>What became of a change to an operator: a problem, or what was done, with the new password where there is one.</summary>
internal sealed record KeeperResult(string? Name, string? Done = null, string? Password = null, string? Problem = null);
