namespace LoopBus.Contracts.Acts;

/// <summary>agree: the sender will do what was requested, and later says inform or failure (FIPA SC00037J, section 3.2).</summary>
public sealed record Agree<T>(T Content, string? Condition = null);
