using System.Text.Json;
using System.Text.Json.Serialization;
using LoopBus.Contracts.Planning;
using LoopBus.Loops.Bidding;
using LoopBus.Loops.Debating;
using LoopBus.Loops.Json;

namespace LoopBus.Loops;

/// <summary>One version of a loop, as its loop.yaml says it.</summary>
/// <param name="Planner">Who makes the plan: <see cref="Scripted"/>, the steps; or <see cref="Model"/>, a model.</param>
/// <param name="Task">What a model is to reach; null in a scripted loop.</param>
/// <param name="Prompt">The Handlebars template of the model's prompt, where the loop has one of its own.</param>
/// <param name="Gates">Tools that always wait for people in this loop.</param>
/// <param name="OnStuck"><see cref="Remedies.Escalate"/>: people decide how a run goes on that stands still or came to a limit; null or <see cref="Remedies.Stop"/>: it turns back.</param>
/// <param name="Schedule">When it runs by itself; see <see cref="Scheduling.CronSchedule"/>.</param>
/// <param name="ScheduledInput">The input of those runs.</param>
/// <param name="Then">What is done with the result of a model's work, once it is found good: steps that see it as <c>{{ result }}</c>, and no model chose.</param>
/// <param name="Fallback">The plan where no model answers.</param>
/// <param name="Memory">What is remembered from run to run; null: nothing.</param>
/// <param name="ContractNet">Which steps go to the executor that bids best; null: none, and all to the executors without a kind.</param>
public sealed record LoopDefinition(
    string Name,
    string Version,
    string Owner,
    string? Description,
    string Topology,
    JsonElement Input,
    string Planner,
    IReadOnlyList<string> Tools,
    IReadOnlyList<PlannedStep> Steps,
    IReadOnlyList<Check> Verification,
    LoopLimits Limits,
    ApprovalPolicy Approval,
    string? Result,
    string? Task = null,
    string? Prompt = null,
    IReadOnlyList<string>? Gates = null,
    IReadOnlyList<LoopInvariant>? Invariants = null,
    ContextPolicy? Context = null,
    DailyBudget? Budget = null,
    string? OnStuck = null,
    string? Schedule = null,
    JsonElement? ScheduledInput = null,
    DebateRules? Debate = null,
    IReadOnlyList<PlannedStep>? Then = null,
    IReadOnlyList<PlannedStep>? Fallback = null,
    MemoryPolicy? Memory = null,
    ContractNet? ContractNet = null)
{
    public const string Scripted = "scripted";
    public const string Model = "model";

    public const string Reflexive = "reflexive";
    public const string Hierarchical = "hierarchical";
    public const string Debated = "debate";

    /// <summary>Whether a model decides after each action, and does not plan all of them first.</summary>
    public bool IsStepwise => Planner == Model && Topology is Reflexive or Debated;

    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        IgnoreReadOnlyProperties = true,
        RespectNullableAnnotations = true,
    };

    /// <summary>The sha256, in hexadecimal, of the canonical JSON: a run is pinned to it.</summary>
    public string Hash => CanonicalJson.Hash(ToCanonicalJson());

    /// <summary>Whether a step stands in the loop's file, and no model chose it.</summary>
    public bool IsOwn(string step) => Planner == Scripted || (Then ?? []).Concat(Fallback ?? []).Any(own => own.Id == step);

    /// <summary>Whether executors bid for the steps of a tool.</summary>
    public bool IsAnnounced(string tool) => ContractNet?.Covers(tool) == true;

    /// <summary>The whole definition as one stable text.</summary>
    public string ToCanonicalJson() => CanonicalJson.Of(JsonSerializer.SerializeToElement(this, Options));

    /// <exception cref="JsonException">The text is no definition.</exception>
    public static LoopDefinition FromJson(string json)
    {
        var definition = JsonSerializer.Deserialize<LoopDefinition>(json, Options);
        if (definition is not { Name: not null, Version: not null, Tools: not null, Steps: not null, Limits: not null, Approval: not null })
            throw new JsonException("A loop's definition has at least name, version, tools, steps, limits and approval.");

        return definition with { Verification = definition.Verification ?? [] };
    }
}
