using System.Text.Json;
using System.Text.Json.Serialization;
using LoopBus.Contracts.Acts;
using LoopBus.Contracts.Approval;
using LoopBus.Contracts.Execution;

namespace LoopBus.Coordinator.Runs;

/// <summary>One step of a run as it is carried out: a planned step, or one item of a for_each.</summary>
internal sealed class StepState
{
    public required string Id { get; init; }

    /// <summary>The planned step that this one carries out.</summary>
    public required string Planned { get; init; }

    public required string Tool { get; init; }

    public required JsonElement Arguments { get; init; }

    public required string ActionHash { get; init; }

    public required string Key { get; init; }

    public required Effect Effect { get; init; }

    public required BlastRadius BlastRadius { get; init; }

    public required bool Gated { get; init; }

    public required int Quorum { get; init; }

    public JsonElement? Item { get; init; }

    public StepStatus Status { get; set; }

    public int Attempt { get; set; }

    public int Asked { get; set; }

    public int UndoAttempt { get; set; }

    public int Sequence { get; set; }

    /// <summary>Who has it, where executors bid for it: the name of its queue. Null: the executors without a kind.</summary>
    public string? Executor { get; set; }

    /// <summary>What was bid until now.</summary>
    public List<Bid>? Bids { get; set; }

    /// <summary>Who had it and did not answer: they get it again only where nobody else bids.</summary>
    public List<string>? Silent { get; set; }

    public Grant? Grant { get; set; }

    public Ruling? Ruling { get; set; }

    public JsonElement? Output { get; set; }

    public Reason? Problem { get; set; }

    public DateTimeOffset? StartedAt { get; set; }

    public DateTimeOffset? EndedAt { get; set; }

    /// <summary>Whether it may have had its effect, though it is to be asked for again: nobody answered, or people say that it happened.</summary>
    [JsonIgnore]
    public bool MayHaveActed => Effect != Effect.None && (Problem?.Code == ReasonCodes.NoAnswer || Ruling is { Happened: true } || Silent is { Count: > 0 });
}
