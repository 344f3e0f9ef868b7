using System.Text.Json.Nodes;
using LoopBus.Loops.Checking;
using LoopBus.Loops.Tools;

namespace LoopBus.Loops.Reading;

/// <summary>Refuses a file that asks for fewer gates or fewer people than the matrix does.</summary>
internal static class Loosening
{
    public static IEnumerable<Problem> Problems(Section loop, LoopDefinition definition, ToolCatalogue tools)
    {
        var steps = loop.Mappings("steps", required: false).Select(step => step.Node).ToList();
        var asked = loop.Inner("approval", "quorum", "expiry", "onExpiry").Has("quorum") ? definition.Approval.Quorum : int.MaxValue;

        // A list with something else than mappings in it was told of already.
        if (steps.Count != definition.Steps.Count)
            yield break;

        foreach (var (i, step) in definition.Steps.Index())
        {
            if (tools.Find(step.Tool) is not { } tool)
                continue;

            var (effect, radius) = tool.EffectOf(step.Arguments);
            var matrix = Gate.Decide(effect, radius);

            if (matrix.Required && steps[i]["gate"] is JsonValue gate && gate.TryGetValue<bool>(out var on) && !on)
                yield return new Problem($"steps[{i}].gate", $"gate: false would loosen the gate: {tool.Name} is {effect} with blast radius {radius}, which {People(matrix.Quorum)} must accept.");
            if (matrix.Required && matrix.Quorum > asked)
                yield return new Problem("approval.quorum", $"quorum: {asked} would loosen the gate of step '{step.Id}', which {People(matrix.Quorum)} must accept.");
        }
    }

    private static string People(int count) => count == 1 ? "one person" : $"{count} people";
}
