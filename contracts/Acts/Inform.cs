namespace LoopBus.Contracts.Acts;

/// <summary>inform: the sender says that the content is true (FIPA SC00037J, section 3.8).</summary>
public sealed record Inform<T>(T Content);
