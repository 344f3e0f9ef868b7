namespace LoopBus.Contracts.Acts;

/// <summary>propose: the sender will do the action if the receiver accepts (FIPA SC00037J, section 3.13).</summary>
public sealed record Propose<T>(T Content, string? Condition = null);
