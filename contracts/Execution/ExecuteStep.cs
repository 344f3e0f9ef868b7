using System.Text.Json;
using System.Text.Json.Serialization;
using LoopBus.Contracts.Approval;
using LoopBus.Contracts.Planning;

namespace LoopBus.Contracts.Execution;

/// <summary>The coordinator asks the executor to run one step (request); a gated step carries the approval's grant, an in-doubt one a person's ruling.</summary>
/// <param name="Allowance">What the executor's models may take for this run at most, with what they took already; null where nothing bounds it, or the tool asks none.</param>
/// <param name="Spent">In a refusal or failure: what the executor's models took for this run so far.</param>
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
    Ruling? Ruling = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Spent? Allowance = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Spent? Spent = null);
