using System.Text.Json.Serialization;
using LoopBus.Contracts.Planning;

namespace LoopBus.Contracts.Runs;

/// <summary>The coordinator tells the planner what is to be remembered of a run that has ended (inform); of a loop with a memory only.</summary>
/// <param name="Scope">Who shares the memory: <c>loop:</c> and the loop's name, or <c>shared:</c> and a name; of a tenant's run <c>tenant:</c>, its name and <c>/</c> before that.</param>
/// <param name="Status">How it ended. What a run found that did not complete is remembered as what went wrong, and not as facts.</param>
/// <param name="Facts">What it learned, oldest first; of one key the last counts.</param>
/// <param name="Lessons">What its planner says to do otherwise another time, oldest first.</param>
/// <param name="Said">What people and the critic said to it, oldest first: kinds are those of a guidance, and rejection.</param>
/// <param name="Allowance">What the planner's models may take for this run at most, with what they took already; null where nothing bounds it.</param>
public sealed record RunLearned(
    string TaskId,
    LoopVersion Loop,
    string Scope,
    string Status,
    string? Reason,
    DateTimeOffset EndedAt,
    IReadOnlyList<Fact> Facts,
    IReadOnlyList<string> Lessons,
    IReadOnlyList<Guidance> Said,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Spent? Allowance = null);
