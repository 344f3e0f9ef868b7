using System.Text.Json;
using LoopBus.Contracts.Critique;
using LoopBus.Contracts.Planning;

namespace LoopBus.Critic.Tests;

/// <summary>Questions to the critic, from JSON.</summary>
internal static class Asked
{
    public static ResultHolds About(string result, params (string Kind, string Parameters)[] checks) => new(
        "review-42",
        "aggregate",
        1,
        "code-review",
        JsonElement.Parse("{}"),
        JsonElement.Parse(result),
        JsonElement.Parse("{}"),
        [.. checks.Select(check => new Check(check.Kind, JsonElement.Parse(check.Parameters)))]);
}
