namespace LoopBus.Contracts.Acts;

/// <summary>reject-proposal: the sender does not let the receiver do what it proposed (FIPA SC00037J, section 3.18).</summary>
public sealed record RejectProposal<T>(T Content, Reason Reason);
