using LoopBus.Contracts.Planning;
using LoopBus.Loops.Prompts;

namespace LoopBus.Loops.Memory;

/// <summary>The last turns word for word, as far as they fit: an oversized one is cut in the middle before another is left out.</summary>
internal static class LastTurns
{
    public const string Mark = "turn";

    // A turn that would be cut to less is rather told in one line.
    private const int Least = 300;

    /// <summary>What a turn takes beside its text: its marks, and the ends of lines.</summary>
    private static readonly int Around = Fence.Length(Mark, 0) + 1;

    /// <summary>How many of the last turns are shown in the room that the older ones leave them, and how long each may be.</summary>
    /// <param name="earlier">The characters that so many older turns need.</param>
    public static (int Count, int Most) Fit(IReadOnlyList<Turn> turns, int verbatim, int room, Func<int, int> earlier)
    {
        var lengths = turns.TakeLast(verbatim).Select(turn => TurnText.Whole(turn).Length + Around).ToList();

        for (var count = lengths.Count; count > 0; count--)
        {
            var most = Shares.Most(lengths.TakeLast(count), room - earlier(turns.Count - count));
            if (most == int.MaxValue || most - Around >= Least || (count == 1 && most > Around))
                return (count, most == int.MaxValue ? most : most - Around);
        }

        return (0, 0);
    }

    /// <returns>The texts, and what was cut out of which.</returns>
    public static (IReadOnlyList<string> Texts, IReadOnlyList<string> Cut) Of(IReadOnlyList<Turn> turns, int most)
    {
        var texts = turns.Select(turn => TurnText.Cut(turn, most)).ToList();
        var cut = turns.Zip(texts)
            .Select(pair => (pair.First, Missing: TurnText.Whole(pair.First).Length - pair.Second.Length))
            .Where(pair => pair.Missing > 0)
            .Select(pair => $"{pair.Missing} characters of {pair.First.StepId}");

        return (texts, [.. cut]);
    }

    public static int Length(IEnumerable<string> texts) => texts.Sum(text => text.Length + Around);
}
