using System.Text.Json;
using LoopBus.Loops.Templates;

namespace LoopBus.Loops.Checking;

/// <summary>Whether every template in a place can find something there.</summary>
/// <param name="graph">The steps that there are.</param>
/// <param name="upstream">The steps that are done when the place is read; null where all are.</param>
/// <param name="roots">The words, of item, index, output and result, that mean something there.</param>
internal sealed class ReferenceCheck(StepGraph graph, ISet<string>? upstream, params string[] roots)
{
    public IEnumerable<Problem> In(string path, JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => In(path, value.GetString()!),
        JsonValueKind.Object => value.EnumerateObject().SelectMany(property => In($"{path}.{property.Name}", property.Value)),
        JsonValueKind.Array => value.EnumerateArray().Index().SelectMany(item => In($"{path}[{item.Index}]", item.Item)),
        _ => [],
    };

    public IEnumerable<Problem> In(string path, string text)
    {
        try
        {
            return Template.References(text).Select(Wrong).OfType<string>().Select(wrong => new Problem(path, wrong)).ToList();
        }
        catch (TemplateException exception)
        {
            return [new Problem(path, exception.Message)];
        }
    }

    private string? Wrong(TemplateReference reference) => reference switch
    {
        { Step: { } step } => WrongStep(reference, step),
        { Root: "item" or "index" } when !roots.Contains(reference.Root) => $"{reference.Braced}: {reference.Root} exists in the arguments of a for_each step only.",
        { Root: "result" } when !roots.Contains("result") => $"{reference.Braced}: result exists in then only, after the run's result was found good.",
        { Root: "output" } when !roots.Contains("output") => $"{reference.Braced}: output exists in compensate only; here write steps.<id>.output.",
        _ => null,
    };

    private string? WrongStep(TemplateReference reference, string step)
    {
        if (graph.Find(step) is not { } target)
            return $"{reference.Braced}: there is no step '{step}'; there are {string.Join(", ", graph.Ids)}.";
        if (upstream is not null && !upstream.Contains(step))
            return $"{reference.Braced}: step '{step}' is not upstream of this one; add it to dependsOn.";
        if (reference.Root == "outputs" && target.ForEach is null)
            return $"{reference.Braced}: step '{step}' is no for_each step; write steps.{step}.output.";
        if (reference.Root == "output" && target.ForEach is not null)
            return $"{reference.Braced}: step '{step}' is a for_each step; write steps.{step}.outputs.";

        return null;
    }
}
