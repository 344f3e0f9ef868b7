namespace LoopBus.Contracts.Approval;

/// <summary>What one person decided of one proposal.</summary>
public sealed record Decision(string By, bool Accepted, string? Comment, DateTimeOffset At);
