namespace LoopBus.Loops.Memory;

/// <summary>How near a text is to another, by their words: the same texts, the same number, and no model is asked.</summary>
public static class WordOverlap
{
    /// <returns>The share, from 0 to 1, of the aim's words that the text has.</returns>
    public static double Of(string text, string aim)
    {
        var wanted = Set(aim);

        return wanted.Count == 0 ? 0 : (double)wanted.Count(Set(text).Contains) / wanted.Count;
    }

    /// <summary>The words of a text, in their order: what has letters and digits alone.</summary>
    public static IEnumerable<string> Words(string text)
    {
        var begin = -1;

        for (var i = 0; i <= text.Length; i++)
            if (i < text.Length && char.IsLetterOrDigit(text[i]))
                begin = begin < 0 ? i : begin;
            else if (begin >= 0)
            {
                yield return text[begin..i];
                begin = -1;
            }
    }

    private static HashSet<string> Set(string text) => Words(text).ToHashSet(StringComparer.OrdinalIgnoreCase);
}
