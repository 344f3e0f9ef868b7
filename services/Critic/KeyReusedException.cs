using LoopBus.Contracts.Critique;

namespace LoopBus.Critic;

/// <summary>A key that was answered came with another question.</summary>
internal sealed class KeyReusedException(ResultHolds asked)
    : Exception($"Attempt {asked.Attempt} at '{asked.Subject}' of '{asked.TaskId}' was judged already, for another result; ask as a further attempt.");
