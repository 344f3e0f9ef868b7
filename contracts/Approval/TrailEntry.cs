namespace LoopBus.Contracts.Approval;

/// <summary>One line of what a run did until now, for the person who decides.</summary>
public sealed record TrailEntry(DateTimeOffset At, string What, string? Detail = null);
