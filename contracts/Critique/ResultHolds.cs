using System.Text.Json;
using System.Text.Json.Serialization;
using LoopBus.Contracts.Planning;

namespace LoopBus.Contracts.Critique;

/// <summary>The coordinator asks the critic whether a result holds (query-if). Subject is a step's id, or run; Steps maps step ids to outputs.</summary>
/// <param name="Spent">In a failure: what the critic's models took for this run so far.</param>
/// <param name="Allowance">What the critic's models may take for this run at most, with what they took already; null where nothing bounds it.</param>
public sealed record ResultHolds(
    string TaskId,
    string Subject,
    int Attempt,
    string Loop,
    JsonElement Input,
    JsonElement Result,
    JsonElement Steps,
    IReadOnlyList<Check> Checks,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Spent? Spent = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Spent? Allowance = null);
