using System.Text.Json;
using LoopBus.Contracts.Execution;
using LoopBus.Contracts.Planning;
using LoopBus.Loops.Json;
using LoopBus.Loops.Memory;
using LoopBus.Loops.Tools;

namespace LoopBus.Loops.Observation;

/// <summary>
/// Whether a run goes in a circle: the same call again while nothing has changed since, the same output again and again, or a subgoal that it comes back to.
/// A pure function over the last <see cref="Window"/> turns.
/// </summary>
public sealed class Repetition(ToolCatalogue tools)
{
    public const int Window = 10;

    private const int Thrice = 3;

    /// <param name="turns">What the run did, oldest first.</param>
    /// <param name="tool">What it would do next, and with which arguments, all filled in.</param>
    /// <param name="subgoal">What for.</param>
    /// <returns>How it repeats itself, for the planner and for people; null where it does not.</returns>
    public string? Find(IReadOnlyList<Turn> turns, string tool, JsonElement arguments, string? subgoal)
    {
        ArgumentNullException.ThrowIfNull(turns);
        var last = turns.TakeLast(Window).ToList();

        return SameCall(last, tool, CanonicalJson.Of(arguments)) ?? SameOutput(last, tool) ?? SameSubgoal(last, subgoal);
    }

    // What was read may read otherwise after something acted; the third time it is a circle all the same.
    private string? SameCall(List<Turn> turns, string tool, string arguments)
    {
        var same = turns.Index().Where(turn => turn.Item.Tool == tool && turn.Item.Problem is null && CanonicalJson.Of(turn.Item.Arguments) == arguments).Select(turn => turn.Index).ToList();
        if (same.Count == 0 || (same.Count < Thrice - 1 && turns.Skip(same[^1] + 1).Any(Acts)))
            return null;

        return $"{tool} was called with the same arguments {(same.Count == 1 ? "already" : $"{same.Count} times")}: {string.Join(", ", same.Select(index => turns[index].StepId))}.";
    }

    private static string? SameOutput(List<Turn> turns, string tool)
    {
        if (turns.Count < Thrice || turns.TakeLast(Thrice).ToList() is not [{ Output: not null } first, ..] three || first.Tool != tool)
            return null;
        var output = CanonicalJson.Of(first.Output!.Value);

        return three.TrueForAll(turn => turn.Tool == first.Tool && turn.Output is { } brought && CanonicalJson.Of(brought) == output)
            ? $"The last {Thrice} actions, all {first.Tool}, brought the same output: {string.Join(", ", three.Select(turn => turn.StepId))}."
            : null;
    }

    // To stay at a subgoal is no circle; to come back to it for the third time is.
    private static string? SameSubgoal(List<Turn> turns, string? subgoal)
    {
        if (Plain(subgoal) is not { Length: > 0 } now)
            return null;

        var visits = new List<string>();
        foreach (var visited in turns.Select(turn => Plain(turn.Subgoal)).Append(now))
            if (visited.Length > 0 && visited != visits.LastOrDefault())
                visits.Add(visited);

        return visits.Count(visited => visited == now) >= Thrice ? $"It comes back to the subgoal '{subgoal}' for the third time." : null;
    }

    private bool Acts(Turn turn) => turn.Problem is null && tools.Find(turn.Tool)?.EffectOf(turn.Arguments).Effect != Effect.None;

    private static string Plain(string? subgoal) => Blanks.Normal((subgoal ?? "").ToLowerInvariant());
}
