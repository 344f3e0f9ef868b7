namespace LoopBus.Contracts.Acts;

/// <summary>accept-proposal: the sender lets the receiver do the action that it proposed (FIPA SC00037J, section 3.1).</summary>
public sealed record AcceptProposal<T>(T Content, string? Comment = null);
