namespace LoopBus.Contracts.Acts;

/// <summary>cfp: the sender asks for proposals to do an action (FIPA SC00037J, section 3.4).</summary>
public sealed record CallForProposal<T>(T Content);
