using System.Text.Json;

namespace LoopBus.Loops.Templates;

/// <summary>What templates see: the task, the run's input, the outputs of the steps that are done (a for_each step's as a list in item order), and where they are: item, index, and a compensated step's own output.</summary>
public sealed record TemplateScope(string TaskId, JsonElement Input)
{
    public IReadOnlyDictionary<string, JsonElement> Steps { get; init; } = new Dictionary<string, JsonElement>();

    public JsonElement? Item { get; init; }

    public int? Index { get; init; }

    public JsonElement? Output { get; init; }

    /// <summary>What the run brings, once that is known.</summary>
    public JsonElement? Result { get; init; }
}
