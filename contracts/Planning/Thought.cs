using System.Text.Json;

namespace LoopBus.Contracts.Planning;

/// <summary>Why a planner proposes what it proposes. Finished: the task is done and nothing more is to be done, Result is what came of it.</summary>
/// <param name="Confidence">From 0 to 1, the planner's own; no decision follows from it alone.</param>
/// <param name="Facts">What it learned from the run's outputs since its last proposal.</param>
/// <param name="Lesson">What to do otherwise another time, where something failed or was not good.</param>
/// <param name="Context">What of the run so far the planner had before it.</param>
public sealed record Thought(
    string? Subgoal,
    double? Confidence,
    string? Reasoning,
    bool Finished = false,
    JsonElement? Result = null,
    ContextUse? Context = null,
    IReadOnlyList<Fact>? Facts = null,
    string? Lesson = null);
