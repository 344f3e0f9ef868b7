using System.Text.Json;

namespace LoopBus.Contracts.Execution;

/// <summary>One step of a segment, as an ungated <see cref="ExecuteStep"/> whose arguments are templates still.</summary>
public sealed record SegmentStep(
    string StepId,
    int Attempt,
    string Tool,
    JsonElement Arguments,
    string IdempotencyKey,
    double TimeoutSeconds);
