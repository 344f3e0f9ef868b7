namespace LoopBus.Planner;

/// <summary>One row of the journal: what was asked, the proposal, word for word, and what the coordinator said to it.</summary>
internal sealed class PlanEntry
{
    /// <summary>The idempotency key of the request: task and attempt.</summary>
    public required string Key { get; init; }

    public required string TaskId { get; init; }

    public required int Attempt { get; init; }

    public required string Loop { get; init; }

    public required string Question { get; init; }

    public required string Answer { get; init; }

    public required DateTimeOffset MadeAt { get; init; }

    /// <summary>accepted, rejected, or null while nothing was said.</summary>
    public string? Verdict { get; set; }

    public string? VerdictReason { get; set; }

    public DateTimeOffset? VerdictAt { get; set; }
}
