using System.Text.Json;
using LoopBus.Contracts.Approval;

namespace LoopBus.Contracts.Execution;

/// <summary>The coordinator asks approval whether an effect that is in doubt happened (query-if); a person confirms or disconfirms.</summary>
public sealed record EffectHappened(
    string TaskId,
    string StepId,
    string Tool,
    JsonElement Arguments,
    string ActionHash,
    string IdempotencyKey,
    DateTimeOffset ExpiresAt,
    Ruling? Ruling = null);
