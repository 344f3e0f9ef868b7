namespace LoopBus.Contracts.Acts;

/// <summary>propagate: the receiver takes the embedded act as its own and passes it to all that match the target (FIPA SC00037J, section 3.12).</summary>
public sealed record Propagate<T>(T Content, string Target);
