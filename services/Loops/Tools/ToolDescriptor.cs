using System.Text.Json;
using System.Text.Json.Serialization;
using LoopBus.Contracts.Execution;

namespace LoopBus.Loops.Tools;

/// <summary>What a tool declares of itself: its schemas, the worst it does to the world (and the calls that do less), its timeout in seconds, and whether it can say later that an effect happened.</summary>
/// <param name="AsksModels">Its calls may take tokens: a step of it is asked for alone, with what it may take.</param>
public sealed record ToolDescriptor(
    string Name,
    string Description,
    Effect Effect,
    BlastRadius BlastRadius,
    double TimeoutSeconds,
    bool Probe,
    string? Compensation,
    JsonElement Input,
    JsonElement Output,
    IReadOnlyList<EffectRule>? EffectWhen = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] bool AsksModels = false)
{
    /// <returns>What a call with these arguments does: the first rule that fits, else the worst.</returns>
    public DeclaredEffect EffectOf(JsonElement arguments)
    {
        var rule = EffectWhen?.FirstOrDefault(rule => rule.Fits(arguments));

        return rule is null ? new DeclaredEffect(Effect, BlastRadius) : new DeclaredEffect(rule.Effect, rule.BlastRadius);
    }

    /// <returns>What a call does at worst whose arguments are templates still.</returns>
    public DeclaredEffect WorstOf(JsonElement templates) =>
        EffectWhen?.Any(rule => rule.IsOpen(templates)) == true ? new DeclaredEffect(Effect, BlastRadius) : EffectOf(templates);
}
