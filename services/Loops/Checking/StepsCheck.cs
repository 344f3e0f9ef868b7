using System.Text.Json;
using System.Text.RegularExpressions;
using LoopBus.Contracts.Planning;
using LoopBus.Loops.Templates;
using LoopBus.Loops.Tools;

namespace LoopBus.Loops.Checking;

/// <summary>All that can be wrong with the steps of a script or a plan.</summary>
/// <param name="known">So many of the first steps were checked before; the others may refer to them.</param>
/// <param name="section">Where they stand in the loop's file.</param>
/// <param name="roots">The words that mean something in all of them, beside input, task and steps.</param>
internal sealed partial class StepsCheck(IReadOnlyList<PlannedStep> steps, IReadOnlyList<string> allowed, ToolCatalogue tools, int known = 0, string section = "steps", params string[] roots)
{
    private readonly StepGraph graph = new(steps);

    private readonly CallCheck calls = new(allowed, tools);

    public StepGraph Graph => graph;

    public IEnumerable<Problem> Find() => steps.Count == known
        ? [new Problem(section, "there must be at least one step.")]
        : steps.Index().Skip(known).SelectMany(step => Of(step.Item, $"{section}[{step.Index - known}]", step.Index));

    private IEnumerable<Problem> Of(PlannedStep step, string path, int index) =>
    [
        .. Identity(step, path, index),
        .. Dependencies(step, path),
        .. Bounds.Of(step, path),
        .. calls.Of(path, step.Tool, step.Arguments),
        .. step.Compensate is { } undo ? calls.Of($"{path}.compensate", undo.Tool, undo.Arguments) : [],
        .. CompensationCheck.Of(step, path, tools),
        .. References(step, path),
    ];

    private IEnumerable<Problem> Identity(PlannedStep step, string path, int index)
    {
        // A missing id is told where the file is read.
        if (step.Id.Length > 0 && !Id().IsMatch(step.Id))
            yield return new Problem($"{path}.id", $"'{step.Id}' must begin with a letter and have at most 64 letters, digits, - or _.");
        else if (step.Id.Length > 0 && steps.Take(index).Any(earlier => earlier.Id == step.Id))
            yield return new Problem($"{path}.id", $"there is already a step '{step.Id}'.");
    }

    private IEnumerable<Problem> Dependencies(PlannedStep step, string path)
    {
        foreach (var (i, id) in step.DependsOn.Index())
            if (graph.Find(id) is null)
                yield return new Problem($"{path}.dependsOn[{i}]", $"there is no step '{id}'; there are {string.Join(", ", graph.Ids)}.");
        if (step.Id.Length > 0 && graph.Upstream(step).Contains(step.Id))
            yield return new Problem($"{path}.dependsOn", $"step '{step.Id}' waits for itself, directly or through others.");
    }

    private IEnumerable<Problem> References(PlannedStep step, string path)
    {
        var upstream = graph.Upstream(step);
        string[] item = step.ForEach is null ? [] : ["item", "index"];
        string[] inside = [.. roots, .. item];
        var arguments = new ReferenceCheck(graph, upstream, inside);
        // The coordinator knows no index when it compensates, and checks a for_each step as a whole.
        var undone = new ReferenceCheck(graph, upstream, ["output", .. roots, .. item.Take(1)]);
        var done = new ReferenceCheck(graph, new HashSet<string>(upstream) { step.Id }, roots);

        return
        [
            .. arguments.In($"{path}.arguments", step.Arguments),
            .. step.ForEach is { } list ? List(list, path, upstream) : [],
            .. step.Compensate is { } undo ? undone.In($"{path}.compensate.arguments", undo.Arguments) : [],
            .. (step.Verify ?? []).Index().SelectMany(check => VerificationCheck.Of(check.Item, $"{path}.verify[{check.Index}]", done)),
        ];
    }

    private IEnumerable<Problem> List(string list, string path, ISet<string> upstream)
    {
        var problems = new ReferenceCheck(graph, upstream, roots).In($"{path}.for_each", list).ToList();

        return problems.Count > 0 || TemplateText.Parse(list).Whole is not null
            ? problems
            : [new Problem($"{path}.for_each", "must be one template that brings a list: \"{{ steps.files.output.files }}\".")];
    }

    [GeneratedRegex("^[A-Za-z][A-Za-z0-9_-]{0,63}$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Id();
}
