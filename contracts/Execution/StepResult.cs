using System.Text.Json;

namespace LoopBus.Contracts.Execution;

/// <summary>The executor tells the coordinator what a step brought (inform).</summary>
public sealed record StepResult(
    string TaskId,
    string StepId,
    int Attempt,
    JsonElement Output,
    double DurationMs,
    bool FromLedger = false);
