using System.Text.Json;
using LoopBus.Contracts.Planning;
using LoopBus.Loops;

namespace LoopBus.Planner.Memories;

/// <summary>What a decision is about, in words: its subgoal, by people or else by its planner, the loop's task, and the input.</summary>
internal static class Aim
{
    private const int Most = 4000;

    public static string Of(MakePlan asked, LoopDefinition loop)
    {
        var subgoal = asked.Guidance?.LastOrDefault(one => one is { Kind: "subgoal" })?.Text ?? asked.Turns?.LastOrDefault(turn => turn is { Subgoal.Length: > 0 })?.Subgoal;

        return MemoryText.Of($"{subgoal} {loop.Task} {string.Join(' ', Values(asked.Input))}", Most);
    }

    private static IEnumerable<string> Values(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => value.EnumerateObject().SelectMany(property => Values(property.Value)),
        JsonValueKind.Array => value.EnumerateArray().SelectMany(Values),
        JsonValueKind.String or JsonValueKind.Number => [value.ToString()],
        _ => [],
    };
}
