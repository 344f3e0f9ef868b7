using System.Text.Json;
using LoopBus.Contracts.Execution;

namespace LoopBus.Loops.Tools;

/// <summary>What a tool declares of itself: its schemas, what it does to the world, its timeout in seconds, and whether it can say later that an effect happened.</summary>
public sealed record ToolDescriptor(
    string Name,
    string Description,
    Effect Effect,
    BlastRadius BlastRadius,
    double TimeoutSeconds,
    bool Probe,
    string? Compensation,
    JsonElement Input,
    JsonElement Output);
