namespace LoopBus.Contracts.Acts;

/// <summary>inform-if: the receiver of such a request informs whether the proposition is true (FIPA SC00037J, section 3.9).</summary>
public sealed record InformIf<T>(T Content);
