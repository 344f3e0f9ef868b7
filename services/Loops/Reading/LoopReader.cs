using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using LoopBus.Loops.Checking;
using LoopBus.Loops.Json;
using LoopBus.Loops.Tools;

namespace LoopBus.Loops.Reading;

/// <summary>Reads a loop from its file's mapping, and checks it whole.</summary>
internal sealed partial class LoopReader(ToolCatalogue tools)
{
    private readonly List<Problem> problems = [];

    public IReadOnlyList<Problem> Problems => problems;

    public LoopDefinition Read(JsonNode? root)
    {
        var loop = new Section(root, "", problems,
            "name", "version", "owner", "description", "topology", "input", "planner", "tools", "steps", "verification", "limits", "approval", "result");

        var definition = new LoopDefinition(
            loop.Text("name", Name(), "lower-case letters, digits and -, at most 64"),
            loop.Text("version", Version(), "three numbers such as 1.0.0"),
            loop.Text("owner"),
            loop.Optional("description"),
            loop.OneOf("topology", "hierarchical", "reflexive", "hierarchical"),
            loop.Object("input", required: true),
            Planner(loop),
            loop.Words("tools", required: true),
            loop.Mappings("steps", required: true).Select(step => StepReader.Read(step.Node, step.Path, problems)).ToList(),
            StepReader.Checks(loop.Inner("verification", "checks"), "checks", problems),
            Limits(loop),
            Approval(loop),
            loop.Optional("result"));

        Check(loop, definition);

        return definition;
    }

    private static string Planner(Section loop) =>
        loop.Inner("planner", "kind").OneOf("kind", "scripted", "scripted");

    private static LoopLimits Limits(Section loop)
    {
        var limits = loop.Inner("limits", "iterations", "errors", "retries", "replans", "wallClock");
        var standard = new LoopLimits();

        return new LoopLimits(
            limits.Integer("iterations", standard.Iterations, 1, 1000),
            limits.Integer("errors", standard.Errors, 1, 1000),
            limits.Integer("retries", standard.Retries, 0, 1000),
            limits.Integer("replans", standard.Replans, 0, 10),
            limits.Seconds("wallClock", 1, 90 * Bounds.Day, "1s to 90d") ?? standard.WallClockSeconds);
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
        if (loop.Has("steps"))
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

    [GeneratedRegex("^(0|[1-9][0-9]{0,5})\\.(0|[1-9][0-9]{0,5})\\.(0|[1-9][0-9]{0,5})$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Version();
}
