namespace LoopBus.Contracts.DeadLetters;

/// <summary>Approval tells the coordinator that a message of a run ended in the dead-letter queue (inform).</summary>
public sealed record MessageDeadLettered(
    string? TaskId,
    string DeadLetterId,
    string Queue,
    string Reason,
    string? Exception,
    int Attempts);
