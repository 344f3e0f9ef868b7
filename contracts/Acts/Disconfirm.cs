namespace LoopBus.Contracts.Acts;

/// <summary>disconfirm: the sender says that the proposition is false, to a receiver that believes it or is uncertain (FIPA SC00037J, section 3.6).</summary>
public sealed record Disconfirm<T>(T Content, string? By = null);
