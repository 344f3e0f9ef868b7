namespace LoopBus.Contracts.Acts;

/// <summary>query-if: the sender asks whether the proposition is true (FIPA SC00037J, section 3.15).</summary>
public sealed record QueryIf<T>(T Content);
