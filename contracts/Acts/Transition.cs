namespace LoopBus.Contracts.Acts;

/// <summary>One row of a protocol: in state From, this role may say this act, and then the state is To.</summary>
public sealed record Transition(string From, Role By, string Performative, string To);
