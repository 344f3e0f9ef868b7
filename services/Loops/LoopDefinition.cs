using System.Text.Json;
using System.Text.Json.Serialization;
using LoopBus.Contracts.Planning;
using LoopBus.Loops.Json;

namespace LoopBus.Loops;

/// <summary>One version of a loop, as its loop.yaml says it.</summary>
/// <param name="Planner">Who makes the plan: <see cref="Scripted"/>, the steps; or <see cref="Model"/>, a model.</param>
/// <param name="Task">What a model is to reach; null in a scripted loop.</param>
/// <param name="Prompt">The Handlebars template of the model's prompt, where the loop has one of its own.</param>
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
    string? Prompt = null)
{
    public const string Scripted = "scripted";
    public const string Model = "model";

    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        IgnoreReadOnlyProperties = true,
        RespectNullableAnnotations = true,
    };

    /// <summary>The sha256, in hexadecimal, of the canonical JSON: a run is pinned to it.</summary>
    public string Hash => CanonicalJson.Hash(ToCanonicalJson());

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
