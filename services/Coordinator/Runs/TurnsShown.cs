using System.Text.Json;
using LoopBus.Contracts.Planning;

namespace LoopBus.Coordinator.Runs;

/// <summary>Bounds what a planner is told of a run: the broker takes no message of any size, and a planner shows its model less than that anyway.</summary>
internal static class TurnsShown
{
    private const int MostCharacters = 4 * 1024 * 1024;

    /// <returns>The turns, of which the oldest have no whole output where all together are too long.</returns>
    public static IReadOnlyList<Turn>? Of(IReadOnlyList<Turn> turns)
    {
        if (turns.Count == 0)
            return null;

        var left = MostCharacters;
        var shown = new List<Turn>(turns.Count);
        foreach (var turn in turns.Reverse())
        {
            var length = turn.Output?.GetRawText().Length ?? 0;
            shown.Add(length <= left ? turn : turn with { Output = JsonSerializer.SerializeToElement($"{length} characters, too long to be told again") });
            left = Math.Max(0, left - length);
        }

        shown.Reverse();

        return shown;
    }
}
