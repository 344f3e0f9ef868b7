namespace LoopBus.Contracts.Acts;

/// <summary>subscribe: the receiver is to inform the sender of the object now and at each change (FIPA SC00037J, section 3.22).</summary>
public sealed record Subscribe<T>(T Content);
