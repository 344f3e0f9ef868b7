using System.Text.Json.Serialization;

namespace LoopBus.Contracts.Planning;

/// <summary>The planner proposes a plan to the coordinator (propose), which accepts it or rejects it with reasons.</summary>
/// <param name="Spent">What the planner's models took for this run so far; null where it asked none.</param>
public sealed record Plan(
    string TaskId,
    int Attempt,
    IReadOnlyList<PlannedStep> Steps,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Spent? Spent = null);
