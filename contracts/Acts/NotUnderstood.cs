namespace LoopBus.Contracts.Acts;

/// <summary>not-understood: nothing was done because of the content, and the reason says why (FIPA SC00037J, section 3.11).</summary>
public sealed record NotUnderstood<T>(T Content, Reason Reason);
