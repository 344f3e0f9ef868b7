namespace LoopBus.Contracts.Acts;

/// <summary>cancel: the sender no longer intends the receiver's action (FIPA SC00037J, section 3.3).</summary>
public sealed record Cancel<T>(T Content, string? Reason = null);
