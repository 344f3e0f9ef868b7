using System.Text.Json;

namespace LoopBus.Contracts.Planning;

/// <summary>One step of a plan: a tool and templated arguments. ForEach is a template that yields a list, of which at most Parallel items run at once.</summary>
public sealed record PlannedStep(
    string Id,
    string Tool,
    JsonElement Arguments,
    IReadOnlyList<string> DependsOn,
    string? ForEach = null,
    int Parallel = 1,
    double? TimeoutSeconds = null,
    StepRetry? Retry = null,
    Undo? Compensate = null,
    bool Gate = false,
    IReadOnlyList<Check>? Verify = null);
