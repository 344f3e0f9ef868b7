using System.Text.Json;
using LoopBus.Contracts.Planning;

namespace LoopBus.Loops;

/// <summary>One version of a loop, as its loop.yaml says it.</summary>
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
    string? Result);
