namespace LoopBus.Contracts.Acts;

/// <summary>refuse: the sender will not do the action, and the reason says why (FIPA SC00037J, section 3.17).</summary>
public sealed record Refuse<T>(T Content, Reason Reason);
