namespace LoopBus.Contracts.Acts;

/// <summary>failure: the action was attempted and was not done (FIPA SC00037J, section 3.7).</summary>
public sealed record Failure<T>(T Content, Reason Reason);
