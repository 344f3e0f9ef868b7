using System.Text.Json;
using LoopBus.Contracts.Approval;

namespace LoopBus.Contracts.Execution;

/// <summary>The coordinator asks the executor to run one step (request); a gated step carries the approval's grant, an in-doubt one a person's ruling.</summary>
public sealed record ExecuteStep(
    string TaskId,
    string StepId,
    int Attempt,
    string Loop,
    string Tool,
    JsonElement Arguments,
    string ActionHash,
    string IdempotencyKey,
    double TimeoutSeconds,
    Grant? Grant = null,
    Ruling? Ruling = null);
