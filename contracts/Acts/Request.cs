namespace LoopBus.Contracts.Acts;

/// <summary>request: the sender asks the receiver to do the action (FIPA SC00037J, section 3.19).</summary>
public sealed record Request<T>(T Content);
