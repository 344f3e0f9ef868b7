namespace LoopBus.Contracts.Acts;

/// <summary>confirm: the sender says that the proposition is true, to a receiver known to be uncertain of it (FIPA SC00037J, section 3.5).</summary>
public sealed record Confirm<T>(T Content, string? By = null);
