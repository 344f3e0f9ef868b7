using System.Text.Json;

namespace LoopBus.Contracts.Compensation;

/// <summary>The coordinator asks the executor to take one step's effect back (request).</summary>
public sealed record CompensateStep(
    string TaskId,
    string StepId,
    int Attempt,
    string Loop,
    string Tool,
    JsonElement Arguments,
    string IdempotencyKey,
    double TimeoutSeconds);
