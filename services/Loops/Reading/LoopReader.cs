using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using LoopBus.Loops.Checking;
using LoopBus.Loops.Json;
using LoopBus.Loops.Prompts;
using LoopBus.Loops.Tools;

namespace LoopBus.Loops.Reading;

/// <summary>Reads a loop from its file's mapping, and checks it whole.</summary>
/// <param name="beside">The text of a file in the loop's folder, by its name; null where there is none.</param>
internal sealed partial class LoopReader(ToolCatalogue tools, Func<string, string?> beside)
{
    private static readonly string[] OfModels = ["task", "prompt"];
    private static readonly string[] OfScripts = ["steps", "result"];

    private readonly List<Problem> problems = [];

    public IReadOnlyList<Problem> Problems => problems;

    public LoopDefinition Read(JsonNode? root)
    {
        var loop = new Section(root, "", problems,
            "name", "version", "owner", "description", "topology", "input", "planner", "tools", "steps", "verification", "limits", "approval", "result");

        var planner = loop.Inner("planner", "kind", "task", "prompt");
        var kind = planner.OneOf("kind", LoopDefinition.Scripted, LoopDefinition.Scripted, LoopDefinition.Model);
        var isModel = kind == LoopDefinition.Model;

        var definition = new LoopDefinition(
            loop.Text("name", Name(), "lower-case letters, digits and -, at most 64"),
            loop.Text("version", Version(), "three numbers such as 1.0.0"),
            loop.Text("owner"),
            loop.Optional("description"),
            loop.OneOf("topology", "hierarchical", "reflexive", "hierarchical"),
            loop.Object("input", required: true),
            kind,
            loop.Words("tools", required: true),
            loop.Mappings("steps", required: !isModel).Select(step => StepReader.Read(step.Node, step.Path, problems)).ToList(),
            StepReader.Checks(loop.Inner("verification", "checks"), "checks", problems),
            Limits(loop),
            Approval(loop),
            loop.Optional("result"),
            isModel ? planner.Text("task") : null,
            isModel ? Prompt(planner) : null);

        Check(loop, definition);
        if (isModel)
            CheckModel(loop);
        else
            foreach (var key in OfModels.Where(planner.Has))
                planner.Wrong(key, $"{key} is for planner: {{ kind: model }}; a scripted loop asks no model.");

        return definition;
    }

    private string? Prompt(Section planner)
    {
        if (planner.Optional("prompt", PromptFile(), "the name of a file beside loop.yaml, such as plan.hbs") is not { Length: > 0 } file)
            return null;
        if (beside(file) is not { } text)
            planner.Wrong("prompt", $"there is no file {file} beside loop.yaml.");
        else if (PromptTemplate.Problem(text) is { } problem)
            planner.Wrong("prompt", $"{file} is no Handlebars template: {problem}");
        else
            return text;

        return null;
    }

    // The model writes the steps; nothing can refer to them before.
    private void CheckModel(Section loop)
    {
        foreach (var key in OfScripts.Where(loop.Has))
            problems.Add(new Problem(key, $"a loop whose plan a model makes has no {key}: its steps are the plan's, its result the output of the plan's last step."));
    }

    private static LoopLimits Limits(Section loop)
    {
        var limits = loop.Inner("limits", "iterations", "errors", "retries", "replans", "wallClock", "tokens", "usd");
        var standard = new LoopLimits();

        return new LoopLimits(
            limits.Integer("iterations", standard.Iterations, 1, 1000),
            limits.Integer("errors", standard.Errors, 1, 1000),
            limits.Integer("retries", standard.Retries, 0, 1000),
            limits.Integer("replans", standard.Replans, 0, 10),
            limits.Seconds("wallClock", 1, 90 * Bounds.Day, "1s to 90d") ?? standard.WallClockSeconds,
            limits.Number("tokens", 1, 1_000_000_000) is { } tokens ? (long)tokens : null,
            limits.Number("usd", 0, 1_000_000));
    }

    private static ApprovalPolicy Approval(Section loop)
    {
        var approval = loop.Inner("approval", "quorum", "expiry", "onExpiry");
        var standard = new ApprovalPolicy();

        return new ApprovalPolicy(
            approval.Integer("quorum", standard.Quorum, 1, 10),
            approval.Seconds("expiry", 1, 90 * Bounds.Day, "1s to 90d") ?? standard.ExpirySeconds,
            approval.OneOf("onExpiry", standard.OnExpiry, "reject", "escalate"));
    }

    private void Check(Section loop, LoopDefinition definition)
    {
        var steps = new StepsCheck(definition.Steps, definition.Tools, tools);
        var everywhere = new ReferenceCheck(steps.Graph, null);

        foreach (var (i, tool) in definition.Tools.Index())
            if (tools.Find(tool) is null)
                problems.Add(new Problem($"tools[{i}]", $"there is no tool '{tool}'; there are {string.Join(", ", tools.All.Select(each => each.Name))}."));
            else if (definition.Tools.Take(i).Contains(tool))
                problems.Add(new Problem($"tools[{i}]", $"'{tool}' is there twice."));
        if (loop.Has("input"))
            problems.AddRange(JsonSchemaCheck.SchemaProblems(definition.Input).Select(problem => new Problem("input", $"input is no usable JSON schema: {problem}.")));
        if (loop.Has("steps") && definition.Planner == LoopDefinition.Scripted)
            problems.AddRange(steps.Find());
        if (definition.Steps.Count > definition.Limits.Iterations)
            problems.Add(new Problem("limits.iterations", $"{definition.Limits.Iterations} iterations are fewer than the {definition.Steps.Count} steps."));
        problems.AddRange(definition.Verification.Index().SelectMany(check => VerificationCheck.Of(check.Item, $"verification.checks[{check.Index}]", everywhere)));
        if (definition.Result is { } result)
            problems.AddRange(everywhere.In("result", result));

        problems.AddRange(Loosening.Problems(loop, definition, tools));
    }

    [GeneratedRegex("^[a-z0-9][a-z0-9-]{0,63}$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Name();

    [GeneratedRegex("^[a-z0-9][a-z0-9-]{0,63}\\.hbs$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex PromptFile();

    [GeneratedRegex("^(0|[1-9][0-9]{0,5})\\.(0|[1-9][0-9]{0,5})\\.(0|[1-9][0-9]{0,5})$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Version();
}
