using System.Text.Json;
using System.Text.Json.Serialization;
using LoopBus.Contracts.Planning;

namespace LoopBus.Contracts.Execution;

/// <summary>The executor tells the coordinator what a step brought (inform).</summary>
/// <param name="Spent">What the executor's models took for this run so far; null where the tool asks none.</param>
public sealed record StepResult(
    string TaskId,
    string StepId,
    int Attempt,
    JsonElement Output,
    double DurationMs,
    bool FromLedger = false,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Spent? Spent = null);
