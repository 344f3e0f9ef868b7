using System.Text.Json;
using LoopBus.Contracts.Execution;
using LoopBus.Loops.Templates;

namespace LoopBus.Loops.Tools;

/// <summary>Says that a call whose argument is one of these texts does less than the tool's worst.</summary>
public sealed record EffectRule(string Argument, IReadOnlyList<string> In, Effect Effect, BlastRadius BlastRadius)
{
    /// <summary>Whether a template decides if it fits.</summary>
    internal bool IsOpen(JsonElement templates) =>
        templates.ValueKind == JsonValueKind.Object
        && templates.TryGetProperty(Argument, out var value)
        && value.ValueKind == JsonValueKind.String
        && Template.IsIn(value.GetString()!);

    internal bool Fits(JsonElement arguments) =>
        arguments.ValueKind == JsonValueKind.Object
        && arguments.TryGetProperty(Argument, out var value)
        && value.ValueKind == JsonValueKind.String
        && In.Contains(value.GetString());
}
