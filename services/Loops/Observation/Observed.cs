using System.Text.Json;
using LoopBus.Contracts.Planning;

namespace LoopBus.Loops.Observation;

/// <summary>What invariants look at: a run after its last action.</summary>
/// <param name="Turns">What it did, oldest first.</param>
/// <param name="Facts">What it learned, oldest first; a person's word settles a contradiction.</param>
/// <param name="Result">What it brings, where it says that it is done.</param>
/// <param name="Earlier">Results of the runs of the same loop that completed before it, the newest first.</param>
public sealed record Observed(
    IReadOnlyList<Turn> Turns,
    IReadOnlyList<Fact> Facts,
    long Tokens,
    decimal Usd,
    LoopLimits Limits,
    JsonElement? Result = null,
    IReadOnlyList<JsonElement>? Earlier = null)
{
    /// <summary>The source of a fact that a person added.</summary>
    public const string Person = "person";
}
