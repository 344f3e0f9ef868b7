using System.Text.Json;
using System.Text.Json.Serialization;

namespace LoopBus.Contracts.Planning;

/// <summary>The coordinator asks the planner for a plan (request); Definition is the loop's canonical JSON, Rejections say what was wrong with the earlier plans.</summary>
/// <param name="Spent">In a refusal or failure: what the planner's models took for this run so far.</param>
/// <param name="Turns">What the run did until now, oldest first; null before it did anything.</param>
/// <param name="Guidance">What people, the critic and the loop's rules say to it, oldest first.</param>
/// <param name="Invariants">How the loop's invariants stand.</param>
/// <param name="Facts">What the run has learned, oldest first.</param>
/// <param name="Allowance">What the planner's models may take for this run at most, with what they took already; null where nothing bounds it.</param>
/// <param name="Tenant">For whom it is run: what its runs remember is its own; null: the installation itself.</param>
public sealed record MakePlan(
    string TaskId,
    int Attempt,
    LoopVersion Loop,
    string Definition,
    JsonElement Input,
    IReadOnlyList<string> Rejections,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Spent? Spent = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<Turn>? Turns = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<Guidance>? Guidance = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<InvariantStatus>? Invariants = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Spent? Allowance = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<Fact>? Facts = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Tenant = null);
