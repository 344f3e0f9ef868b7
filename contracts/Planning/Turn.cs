using System.Text.Json;

namespace LoopBus.Contracts.Planning;

/// <summary>One action of a run that is over: what was done, what it brought (Output) or why it brought nothing (Problem), and what its planner wanted with it.</summary>
public sealed record Turn(
    string StepId,
    string Tool,
    JsonElement Arguments,
    JsonElement? Output,
    string? Problem,
    DateTimeOffset At,
    string? Subgoal = null,
    double? Confidence = null);
