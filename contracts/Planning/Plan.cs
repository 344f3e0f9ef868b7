using System.Text.Json.Serialization;

namespace LoopBus.Contracts.Planning;

/// <summary>The planner proposes a plan to the coordinator (propose), which accepts it or rejects it with reasons. In a reflexive loop it is the next action, or the end.</summary>
/// <param name="Spent">What the planner's models took for this run so far; null where it asked none.</param>
/// <param name="Thought">Why; null where a script is the reason.</param>
public sealed record Plan(
    string TaskId,
    int Attempt,
    IReadOnlyList<PlannedStep> Steps,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Spent? Spent = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Thought? Thought = null);
