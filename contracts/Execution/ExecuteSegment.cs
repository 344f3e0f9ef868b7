using System.Text.Json;

namespace LoopBus.Contracts.Execution;

/// <summary>
/// The coordinator asks the executor to run consecutive steps of one run, each after the other is done (request), or to begin no more of them (cancel).
/// Their templates see Input, Outputs (earlier results by step id) and each other's outputs; after BurstSeconds none begins.
/// </summary>
public sealed record ExecuteSegment(
    string TaskId,
    string FirstStepId,
    string Loop,
    JsonElement Input,
    JsonElement Outputs,
    IReadOnlyList<SegmentStep> Steps,
    double BurstSeconds = 1);
