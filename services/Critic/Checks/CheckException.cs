namespace LoopBus.Critic.Checks;

/// <summary>A check's parameters are wrong: the message says which, and what it must be.</summary>
internal sealed class CheckException(string message) : Exception(message);
