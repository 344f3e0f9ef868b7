namespace LoopBus.Contracts.Acts;

/// <summary>inform-ref: the receiver of such a request informs which object matches the description (FIPA SC00037J, section 3.10).</summary>
public sealed record InformRef<T>(T Content);
