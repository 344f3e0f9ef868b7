using System.Text.Json.Serialization;
using LoopBus.Contracts.Planning;

namespace LoopBus.Contracts.Critique;

/// <summary>The critic tells the coordinator whether a result holds, and why (inform).</summary>
/// <param name="Spent">What the critic's models took for this run so far; null where it asked none.</param>
public sealed record Verdict(
    string TaskId,
    string Subject,
    int Attempt,
    bool Holds,
    IReadOnlyList<Evidence> Evidence,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Spent? Spent = null);
