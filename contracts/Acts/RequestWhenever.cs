namespace LoopBus.Contracts.Acts;

/// <summary>request-whenever: the receiver is to do the action each time that the proposition becomes true (FIPA SC00037J, section 3.21).</summary>
public sealed record RequestWhenever<T>(T Content, string Whenever);
