using System.Text.Json;
using System.Text.Json.Serialization;
using LoopBus.Contracts.Execution;
using LoopBus.Contracts.Planning;

namespace LoopBus.Contracts.Approval;

/// <summary>The coordinator proposes to do a gated action (propose); people accept it, with a grant, or reject it.</summary>
/// <param name="Edited">In a rejection: other arguments, with which the action is proposed anew.</param>
public sealed record GatedAction(
    string TaskId,
    string StepId,
    string Loop,
    string Tool,
    JsonElement Arguments,
    string ActionHash,
    Effect Effect,
    BlastRadius BlastRadius,
    int Quorum,
    DateTimeOffset ExpiresAt,
    string Summary,
    Undo? Undo,
    IReadOnlyList<TrailEntry> Trail,
    IReadOnlyList<Decision>? Decisions = null,
    Grant? Grant = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] JsonElement? Edited = null);
