using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using LoopBus.Contracts.Planning;
using LoopBus.Loops.Bidding;
using LoopBus.Loops.Checking;
using LoopBus.Loops.Json;
using LoopBus.Loops.Prompts;
using LoopBus.Loops.Scheduling;
using LoopBus.Loops.Tools;

namespace LoopBus.Loops.Reading;

/// <summary>Reads a loop from its file's mapping, and checks it whole.</summary>
/// <param name="beside">The text of a file in the loop's folder, by its name; null where there is none.</param>
internal sealed partial class LoopReader(ToolCatalogue tools, Func<string, string?> beside)
{
    private static readonly string[] OfModels = ["task", "prompt"];
    private static readonly string[] OfModelLoops = ["gates", "invariants", "context", "onStuck", "then", "fallback", "memory"];
    private static readonly string[] OfScripts = ["steps", "result"];

    private readonly List<Problem> problems = [];

    public IReadOnlyList<Problem> Problems => problems;

    public LoopDefinition Read(JsonNode? root)
    {
        var loop = new Section(root, "", problems,
            "name", "version", "owner", "description", "topology", "input", "planner", "tools", "steps", "verification", "limits", "approval", "result",
            "gates", "invariants", "context", "budget", "onStuck", "schedule", "scheduledInput", "debate", "then", "fallback", "memory", "contractNet");

        var planner = loop.Inner("planner", "kind", "task", "prompt");
        var kind = planner.OneOf("kind", LoopDefinition.Scripted, LoopDefinition.Scripted, LoopDefinition.Model);
        var isModel = kind == LoopDefinition.Model;

        var definition = new LoopDefinition(
            loop.Text("name", Name(), "lower-case letters, digits and -, at most 64"),
            loop.Text("version", Version(), "three numbers such as 1.0.0"),
            loop.Text("owner"),
            loop.Optional("description"),
            loop.OneOf("topology", LoopDefinition.Hierarchical, LoopDefinition.Reflexive, LoopDefinition.Hierarchical, LoopDefinition.Debated),
            loop.Object("input", required: true),
            kind,
            loop.Words("tools", required: true),
            loop.Mappings("steps", required: !isModel).Select(step => StepReader.Read(step.Node, step.Path, problems)).ToList(),
            StepReader.Checks(loop.Inner("verification", "checks"), "checks", problems),
            Limits(loop),
            Approval(loop),
            loop.Optional("result"),
            isModel ? planner.Text("task") : null,
            isModel ? Prompt(planner) : null,
            loop.Has("gates") ? loop.Words("gates", required: false) : null,
            loop.Has("invariants") ? InvariantReader.Read(loop, problems) : null,
            loop.Has("context") ? Context(loop) : null,
            loop.Has("budget") ? Budget(loop) : null,
            loop.Has("onStuck") ? loop.OneOf("onStuck", Remedies.Stop, Remedies.Stop, Remedies.Escalate) : null,
            loop.Optional("schedule"),
            loop.Has("scheduledInput") ? loop.Object("scheduledInput", required: false) : null,
            loop.Has("debate") ? DebateReader.Read(loop, problems) : null,
            Own(loop, "then"),
            Own(loop, "fallback"),
            loop.Has("memory") ? Memory(loop) : null,
            loop.Has("contractNet") ? Net(loop) : null);

        Check(loop, definition);
        CheckSchedule(loop, definition);
        if (isModel)
            CheckModel(loop, definition);
        else
            CheckScript(loop, planner, definition);

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
    private void CheckModel(Section loop, LoopDefinition definition)
    {
        // The model may use the loop's tools; who writes the file, any.
        var all = tools.All.Select(tool => tool.Name).ToList();
        if (definition.Fallback is { } fallback)
            problems.AddRange(new StepsCheck(fallback, all, tools, section: "fallback").Find());
        if (definition.Then is { } then)
            problems.AddRange(new StepsCheck(then, all, tools, section: "then", roots: "result").Find());
        foreach (var twice in (definition.Then ?? []).Select(step => step.Id).Intersect((definition.Fallback ?? []).Select(step => step.Id)))
            problems.Add(new Problem("then", $"there is already a step '{twice}' in fallback."));
        foreach (var (section, own) in new[] { ("then", definition.Then), ("fallback", definition.Fallback) })
            foreach (var (i, step) in (own ?? []).Index())
                if (definition.IsStepwise && ActionId.Is(step.Id))
                    problems.Add(new Problem($"{section}[{i}].id", $"'{step.Id}' is how an action of the model is called; take another id."));
        if ((definition.Then?.Count ?? 0) + (definition.Fallback?.Count ?? 0) is var owned && owned > definition.Limits.Iterations)
            problems.Add(new Problem("limits.iterations", $"{definition.Limits.Iterations} iterations are fewer than the {owned} steps of then and fallback."));

        foreach (var key in OfScripts.Where(loop.Has))
            problems.Add(new Problem(key, $"a loop whose plan a model makes has no {key}: its steps are the plan's, its result the output of the plan's last step."));
    }

    private static void CheckScript(Section loop, Section planner, LoopDefinition definition)
    {
        foreach (var key in OfModels.Where(planner.Has))
            planner.Wrong(key, $"{key} is for planner: {{ kind: model }}; a scripted loop asks no model.");
        foreach (var key in OfModelLoops.Where(loop.Has))
            loop.Wrong(key, $"{key} is for planner: {{ kind: model }}; in a scripted loop the steps say what is done, and which of them wait for people (gate: true).");
        if (definition.Topology is LoopDefinition.Reflexive or LoopDefinition.Debated)
            loop.Wrong("topology", $"topology: {definition.Topology} is for planner: {{ kind: model }}, which decides after each action; a script is hierarchical.");
    }

    private static void CheckSchedule(Section loop, LoopDefinition definition)
    {
        if (definition.Schedule is null)
        {
            if (loop.Has("scheduledInput"))
                loop.Wrong("scheduledInput", "scheduledInput is the input of the runs that schedule begins, and there is none.");
            return;
        }

        try
        {
            CronSchedule.Parse(definition.Schedule);
        }
        catch (FormatException exception)
        {
            loop.Wrong("schedule", exception.Message);
        }

        foreach (var problem in JsonSchemaCheck.Problems(definition.Input, definition.ScheduledInput ?? JsonElement.Parse("{}")))
            loop.Wrong(loop.Has("scheduledInput") ? "scheduledInput" : "schedule", $"scheduledInput does not fit input: {problem}.");
    }

    private List<PlannedStep>? Own(Section loop, string key) =>
        loop.Has(key) ? loop.Mappings(key, required: false).Select(step => StepReader.Read(step.Node, step.Path, problems)).ToList() : null;

    private static ContextPolicy Context(Section loop)
    {
        var context = loop.Inner("context", "tokens", "verbatim", "reanchor");
        var standard = new ContextPolicy();

        return new ContextPolicy(
            context.Integer("tokens", standard.Tokens, 1000, 2_000_000),
            context.Integer("verbatim", standard.Verbatim, 1, 100),
            context.Integer("reanchor", standard.Reanchor, 2, 1000));
    }

    private static MemoryPolicy Memory(Section loop)
    {
        var memory = loop.Inner("memory", "scope", "recall", "relevance", "facts", "lessons");
        var standard = new MemoryPolicy();

        return new MemoryPolicy(
            memory.Optional("scope", Name(), "loop, or a name that loops share: lower-case letters, digits and -, at most 64") is { Length: > 0 } scope && scope != MemoryPolicy.OfLoop ? scope : null,
            memory.Integer("recall", standard.Recall, 1, 50),
            memory.Number("relevance", 0, 1),
            memory.Flag("facts") ?? standard.Facts,
            memory.Flag("lessons") ?? standard.Lessons);
    }

    private static ContractNet Net(Section loop)
    {
        var net = loop.Inner("contractNet", "tools", "within", "bidders", "weigh");
        var weigh = net.Inner("weigh", "cost", "load", "time", "confidence");

        return new ContractNet(
            net.Has("tools") ? net.Words("tools", required: false) : null,
            net.Seconds("within", 0.1, Bounds.Day, "100ms to 24h") ?? 2,
            net.Has("bidders") ? net.Integer("bidders", 2, 1, ContractNet.MostBidders) : null,
            new BidWeights(Weight("cost"), Weight("load"), Weight("time"), Weight("confidence")));

        double Weight(string key) => (double)(weigh.Number(key, 0, 1000) ?? 1);
    }

    private static DailyBudget Budget(Section loop)
    {
        var budget = loop.Inner("budget", "tokens", "usd");

        return new DailyBudget(budget.Number("tokens", 1, 1_000_000_000_000) is { } tokens ? (long)tokens : null, budget.Number("usd", 0, 1_000_000));
    }

    private static LoopLimits Limits(Section loop)
    {
        var limits = loop.Inner("limits", "iterations", "errors", "retries", "replans", "wallClock", "tokens", "usd", "refinements", "stalls");
        var standard = new LoopLimits();

        return new LoopLimits(
            limits.Integer("iterations", standard.Iterations, 1, 1000),
            limits.Integer("errors", standard.Errors, 1, 1000),
            limits.Integer("retries", standard.Retries, 0, 1000),
            limits.Integer("replans", standard.Replans, 0, 10),
            limits.Seconds("wallClock", 1, 90 * Bounds.Day, "1s to 90d") ?? standard.WallClockSeconds,
            limits.Number("tokens", 1, 1_000_000_000) is { } tokens ? (long)tokens : null,
            limits.Number("usd", 0, 1_000_000),
            limits.Has("refinements") ? limits.Integer("refinements", standard.Refine, 0, 10) : null,
            limits.Has("stalls") ? limits.Integer("stalls", standard.Nudge, 0, 10) : null);
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
        foreach (var (i, tool) in (definition.Gates ?? []).Index())
            if (!definition.Tools.Contains(tool))
                problems.Add(new Problem($"gates[{i}]", $"'{tool}' is none of the loop's tools: {string.Join(", ", definition.Tools)}."));
        foreach (var (i, tool) in (definition.ContractNet?.Tools ?? []).Index())
            if (tools.Find(tool) is null)
                problems.Add(new Problem($"contractNet.tools[{i}]", $"there is no tool '{tool}'; there are {string.Join(", ", tools.All.Select(each => each.Name))}."));
        foreach (var (i, invariant) in (definition.Invariants ?? []).Index())
            if (invariant.Parameters.TryGetProperty("tool", out var of) && of.GetString() is { Length: > 0 } named && !definition.Tools.Contains(named))
                problems.Add(new Problem($"invariants[{i}].tool", $"'{named}' is none of the loop's tools: {string.Join(", ", definition.Tools)}."));
        if (definition.Topology == LoopDefinition.Debated != loop.Has("debate"))
            problems.Add(new Problem("topology", "topology: debate and the section debate go together: who proposes, and what agreement it takes."));
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
    internal static partial Regex Name();

    [GeneratedRegex("^[a-z0-9][a-z0-9-]{0,63}\\.hbs$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex PromptFile();

    [GeneratedRegex("^(0|[1-9][0-9]{0,5})\\.(0|[1-9][0-9]{0,5})\\.(0|[1-9][0-9]{0,5})$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Version();
}
