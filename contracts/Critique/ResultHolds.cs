using System.Text.Json;
using LoopBus.Contracts.Planning;

namespace LoopBus.Contracts.Critique;

/// <summary>The coordinator asks the critic whether a result holds (query-if). Subject is a step's id, or run; Steps maps step ids to outputs.</summary>
public sealed record ResultHolds(
    string TaskId,
    string Subject,
    int Attempt,
    string Loop,
    JsonElement Input,
    JsonElement Result,
    JsonElement Steps,
    IReadOnlyList<Check> Checks);
