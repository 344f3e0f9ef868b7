namespace LoopBus.Contracts.Acts;

/// <summary>request-when: the receiver is to do the action once, when the proposition becomes true (FIPA SC00037J, section 3.20).</summary>
public sealed record RequestWhen<T>(T Content, string When);
