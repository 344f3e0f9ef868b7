namespace LoopBus.Contracts.Acts;

/// <summary>proxy: the receiver sends the embedded act, as itself, to all that match the target (FIPA SC00037J, section 3.14).</summary>
public sealed record Proxy<T>(T Content, string Target);
