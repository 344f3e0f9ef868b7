namespace LoopBus.Contracts.Acts;

/// <summary>One act of a conversation, as far as a protocol sees it: who said what kind of act.</summary>
public sealed record Utterance(Role By, string Performative);
