using System.Text.Json;
using System.Text.Json.Serialization;

namespace LoopBus.Contracts.Planning;

/// <summary>The coordinator asks the planner for a plan (request); Definition is the loop's canonical JSON, Rejections say what was wrong with the earlier plans.</summary>
/// <param name="Spent">In a refusal or failure: what the planner's models took for this run so far.</param>
public sealed record MakePlan(
    string TaskId,
    int Attempt,
    LoopVersion Loop,
    string Definition,
    JsonElement Input,
    IReadOnlyList<string> Rejections,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Spent? Spent = null);
