using System.Text.Json;
using LoopBus.Loops.Json;

namespace LoopBus.Loops.Templates;

/// <summary>Finds what a reference names; where there is nothing, says how far it came and what exists there.</summary>
internal static class Resolution
{
    public static JsonElement Of(TemplateReference reference, TemplateScope scope)
    {
        var value = Root(reference, scope);
        var path = reference.Step is { } step ? $"steps.{step}.{reference.Root}" : reference.Root;

        foreach (var segment in reference.Way)
        {
            var next = JsonPath.Down(new JsonMatch(path, value), segment).FirstOrDefault()
                ?? throw Missing(reference, $"{path} has no {JsonPath.Name(segment)}: {Exists(value)}");
            (path, value) = next;
        }

        return value;
    }

    public static string Kind(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "a list",
        JsonValueKind.String => "a text",
        JsonValueKind.Number => "a number",
        JsonValueKind.True or JsonValueKind.False => "true or false",
        _ => "null",
    };

    public static string Short(string text) => text.Length <= 120 ? text : text[..117] + "...";

    private static JsonElement Root(TemplateReference reference, TemplateScope scope) => (reference.Step, reference.Root) switch
    {
        ({ } step, var root) => StepOutput(reference, step, root, scope),
        (_, "input") => scope.Input,
        (_, "task.id") => JsonSerializer.SerializeToElement(scope.TaskId),
        (_, "item") => scope.Item ?? throw Missing(reference, "item exists in the arguments of a for_each step only"),
        (_, "index") => scope.Index is { } index ? JsonSerializer.SerializeToElement(index) : throw Missing(reference, "index exists in the arguments of a for_each step only"),
        (_, "result") => scope.Result ?? throw Missing(reference, "result exists in then only, after the run's result was found good"),
        _ => scope.Output ?? throw Missing(reference, "output exists in compensate only; elsewhere write steps.<id>.output"),
    };

    private static JsonElement StepOutput(TemplateReference reference, string step, string root, TemplateScope scope)
    {
        if (!scope.Steps.TryGetValue(step, out var output))
            throw Missing(reference, $"no output of step '{step}': there are outputs of {Names(scope.Steps.Keys)}");
        if (root == "outputs" && output.ValueKind != JsonValueKind.Array)
            throw Missing(reference, $"step '{step}' is no for_each step: write steps.{step}.output");

        return output;
    }

    private static TemplateException Missing(TemplateReference reference, string why) => new(reference.Braced, $"{reference.Braced} finds nothing: {why}.");

    private static string Exists(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => $"it has {Names(value.EnumerateObject().Select(property => property.Name))}",
        JsonValueKind.Array => $"it is a list of {value.GetArrayLength()}",
        _ => $"it is {Kind(value)}",
    };

    private static string Names(IEnumerable<string> names)
    {
        var all = names.ToList();

        return all.Count == 0 ? "nothing" : Short(string.Join(", ", all));
    }
}
