using LoopBus.Loops.Json;

namespace LoopBus.Loops.Templates;

/// <summary>What stands in one pair of braces: a root (input, item, index, task.id, output, result, steps.x.output, steps.x.outputs) and a way down from it.</summary>
public sealed class TemplateReference
{
    private TemplateReference(string text, string root, string? step, IReadOnlyList<PathSegment> way)
    {
        Text = text;
        Root = root;
        Step = step;
        Way = way;
    }

    public string Text { get; }

    /// <summary>The first words: input, item, index, task.id, output, result, or for a step's value output or outputs.</summary>
    public string Root { get; }

    /// <summary>The step whose output it is, or null.</summary>
    public string? Step { get; }

    internal IReadOnlyList<PathSegment> Way { get; }

    internal string Braced => $"{{{{ {Text} }}}}";

    /// <exception cref="TemplateException">The text is no reference.</exception>
    internal static TemplateReference Parse(string text)
    {
        var segments = Segments(text);
        var root = segments.Count > 0 ? segments[0].Key : null;

        return root switch
        {
            "input" or "item" or "output" or "result" => new(text, root, null, segments.Skip(1).ToList()),
            "index" when segments.Count == 1 => new(text, root, null, []),
            "task" when segments is [_, { Key: "id" }] => new(text, "task.id", null, []),
            "steps" when segments is [_, { Key: { } step }, { Key: "output" or "outputs" }, ..] =>
                new(text, segments[2].Key!, step, segments.Skip(3).ToList()),
            "index" or "task" => throw Bad(text, $"of '{root}' there is only {(root == "task" ? "task.id" : "index")}"),
            "steps" => throw Bad(text, "after steps come a step's id and output, or outputs for a for_each step: steps.files.output"),
            _ => throw Bad(text, "it must begin with input, item, index, steps, output, result or task.id"),
        };
    }

    private static IReadOnlyList<PathSegment> Segments(string text)
    {
        try
        {
            var segments = JsonPath.Parse(text).Segments;

            return segments.Any(segment => segment.IsEach) ? throw Bad(text, "[*] has no meaning in a template") : segments;
        }
        catch (FormatException exception)
        {
            throw Bad(text, exception.Message.TrimEnd('.'));
        }
    }

    private static TemplateException Bad(string text, string why) => new(text, $"{{{{ {text} }}}} cannot be read: {why}.");
}
