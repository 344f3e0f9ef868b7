using System.Text.Json;
using LoopBus.Loops.Json;
using LoopBus.Loops.Templates;
using LoopBus.Loops.Tools;

namespace LoopBus.Loops.Checking;

/// <summary>Whether a call names a tool that the loop may use, with arguments that fit its schema as far as they are written out.</summary>
internal sealed class CallCheck(IReadOnlyList<string> allowed, ToolCatalogue tools)
{
    public IEnumerable<Problem> Of(string path, string tool, JsonElement arguments)
    {
        // A missing name is told where the file is read.
        if (tool.Length == 0)
            return [];
        if (tools.Find(tool) is not { } descriptor)
            return [new Problem($"{path}.tool", $"there is no tool '{tool}'; there are {string.Join(", ", tools.All.Select(each => each.Name))}.")];
        if (!allowed.Contains(tool))
            return [new Problem($"{path}.tool", $"the tool '{tool}' is not in the loop's tools; add it there or use one of {string.Join(", ", allowed)}.")];

        return Arguments($"{path}.arguments", tool, descriptor.Input, arguments);
    }

    private static IEnumerable<Problem> Arguments(string path, string tool, JsonElement schema, JsonElement arguments)
    {
        var templated = Templated("", arguments).ToList();

        return JsonSchemaCheck.Find(schema, arguments)
            .Where(problem => !IsOpen(problem, templated))
            .Select(problem => new Problem(problem.Path.Length == 0 ? path : $"{path}.{problem.Path}", $"{tool} does not take this: {problem}."));
    }

    // What a template will bring is not known yet: neither its own value, nor what is in it, nor the shape of what holds it can be judged.
    private static bool IsOpen(SchemaProblem problem, List<string> templated) => problem.OfName
        ? templated.Any(path => path != problem.Path && Holds(path, problem.Path))
        : templated.Any(path => Holds(path, problem.Path) || Holds(problem.Path, path));

    private static bool Holds(string outer, string inner) =>
        outer.Length == 0 || (inner.StartsWith(outer, StringComparison.Ordinal) && (inner.Length == outer.Length || inner[outer.Length] is '.' or '['));

    private static IEnumerable<string> Templated(string path, JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String when Template.IsIn(value.GetString()!) => [path],
        JsonValueKind.Object => value.EnumerateObject().SelectMany(property => Templated(path.Length == 0 ? property.Name : $"{path}.{property.Name}", property.Value)),
        JsonValueKind.Array => value.EnumerateArray().Index().SelectMany(item => Templated($"{path}[{item.Index}]", item.Item)),
        _ => [],
    };
}
