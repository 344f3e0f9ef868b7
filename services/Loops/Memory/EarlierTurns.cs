using LoopBus.Contracts.Planning;

namespace LoopBus.Loops.Memory;

/// <summary>The older turns, summed up: one line each, the newest first to find room; what finds none is counted in one line.</summary>
internal static class EarlierTurns
{
    private const int MostOfRest = 240;

    /// <summary>What they would take, as far as it is not more than the most.</summary>
    public static int Length(IReadOnlyList<Turn> turns, string? summary, int most)
    {
        var length = summary is null ? 0 : summary.Length + 1;
        for (var i = turns.Count - 1; i >= 0 && length < most; i--)
            length += TurnText.Line(turns[i]).Length + 1;

        return Math.Min(length, most);
    }

    /// <param name="turns">Those that the summary does not tell of.</param>
    /// <param name="summary">What is said of those before them; null where nobody summed them up.</param>
    /// <returns>A text of at most so many characters, empty where there is room for nothing; and the turns that it only counts.</returns>
    public static (string Text, IReadOnlyList<Turn> Counted) Of(IReadOnlyList<Turn> turns, string? summary, int room)
    {
        var lines = new List<string>();
        var said = summary is null ? "" : TextCut.Middle(summary, turns.Count == 0 ? room : room * 3 / 5);
        var left = room - (said.Length > 0 ? said.Length + 1 : 0);

        var first = turns.Count;
        while (first > 0 && TurnText.Line(turns[first - 1]) is var line && line.Length + 1 + (first > 1 ? MostOfRest : 0) <= left)
        {
            lines.Insert(0, line);
            left -= line.Length + 1;
            first--;
        }

        var rest = turns.Take(first).ToList();
        if (rest.Count > 0)
            lines.Insert(0, TextCut.Line(Count(rest), Math.Min(MostOfRest, left - 1)));
        if (said.Length > 0)
            lines.Insert(0, said);

        return (string.Join('\n', lines.Where(line => line.Length > 0)), rest);
    }

    private static string Count(IReadOnlyList<Turn> turns)
    {
        var tools = turns.GroupBy(turn => turn.Tool ?? "?", StringComparer.Ordinal).OrderByDescending(tool => tool.Count()).ThenBy(tool => tool.Key, StringComparer.Ordinal);

        return $"{turns[0].StepId} to {turns[^1].StepId}: {turns.Count} actions, {turns.Count(turn => turn.Problem is not null)} of them failed: {string.Join(", ", tools.Select(tool => $"{tool.Key} {tool.Count()}"))}";
    }
}
