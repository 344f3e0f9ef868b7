namespace LoopBus.Contracts.Acts;

/// <summary>query-ref: the sender asks for the object that matches the description (FIPA SC00037J, section 3.16).</summary>
public sealed record QueryRef<T>(T Content);
