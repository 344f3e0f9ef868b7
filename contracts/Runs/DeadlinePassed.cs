namespace LoopBus.Contracts.Runs;

/// <summary>The coordinator tells itself, later, that a deadline passed (inform): reply, retry, expiry or wall-clock.</summary>
public sealed record DeadlinePassed(
    string TaskId,
    string Deadline,
    string? StepId = null,
    Guid? ConversationId = null);
