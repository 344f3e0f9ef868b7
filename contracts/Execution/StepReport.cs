using System.Text.Json;
using LoopBus.Contracts.Acts;

namespace LoopBus.Contracts.Execution;

/// <summary>How one step of a segment ended, by the act that would have answered it alone (inform, refuse, failure), when, and for which exact action.</summary>
public sealed record StepReport(
    string StepId,
    int Attempt,
    string Performative,
    string? ActionHash,
    JsonElement? Output,
    Reason? Reason,
    DateTimeOffset StartedAt,
    DateTimeOffset EndedAt,
    bool FromLedger = false);
