using System.Text.Json;
using LoopBus.Contracts.Acts;

namespace LoopBus.Executor.Ledger;

/// <summary>One effect on the world, by its idempotency key.</summary>
internal sealed class EffectEntry
{
    public required string Key { get; init; }

    public required string TaskId { get; init; }

    public required string StepId { get; init; }

    public required string Tool { get; set; }

    public required string ActionHash { get; set; }

    public required string State { get; set; }

    public int Attempt { get; set; }

    /// <summary>Counts claims and settlements: who holds an old number can settle nothing any more. 0 is an effect that nobody has begun.</summary>
    public long Fence { get; set; }

    /// <summary>Until when the claim holds, by the database's clock.</summary>
    public DateTimeOffset? LeasedUntil { get; set; }

    public string? Output { get; set; }

    public string? ReasonCode { get; set; }

    public string? ReasonText { get; set; }

    public bool Retryable { get; set; }

    public string? RuledBy { get; set; }

    /// <summary>When the last ruling that was used was made; an older or the same one settles nothing again.</summary>
    public DateTimeOffset? RuledAt { get; set; }

    public DateTimeOffset IntendedAt { get; set; }

    public DateTimeOffset? SettledAt { get; set; }

    /// <summary>By this process's steady clock, when the row was made here: a lease counts from it, whatever becomes of the wall clock. Not kept.</summary>
    public long MadeAt { get; init; }

    /// <summary>Whether a segment ended before this step, so that it has never begun.</summary>
    public bool IsLeft => State == EffectState.Failed && Attempt == 0;

    public JsonElement OutputJson => JsonSerializer.Deserialize<JsonElement>(Output ?? "null");

    public Reason Reason => new(ReasonCode ?? "failed", ReasonText ?? "", Retryable);
}
