namespace LoopBus.Loops.Memory;

/// <summary>Makes texts shorter, and says so in them.</summary>
public static class TextCut
{
    private const int NoteRoom = 40;
    private const int LeastKept = 20;

    /// <summary>The begin and the end of a text that is too long, and between them how much is missing; never more characters than the most.</summary>
    public static string Middle(string text, int most)
    {
        if (text.Length <= most)
            return text;
        if (most - NoteRoom < LeastKept)
            return Begin(text, most);

        var kept = most - NoteRoom;
        var begin = Begin(text, kept * 2 / 3);
        var end = text.Length - (kept - begin.Length);
        if (char.IsLowSurrogate(text[end]))
            end++;

        return $"{begin}\n[… {end - begin.Length} characters left out …]\n{text[end..]}";
    }

    /// <summary>A text on one line, cut at its end where it is too long.</summary>
    public static string Line(string text, int most)
    {
        // Blanks may shrink; what is far past the line is not looked at.
        var line = Blanks.Normal(Begin(text, most * 4));

        return line.Length <= most && text.Length <= most * 4 ? line : most > 0 ? Begin(line, most - 1) + "…" : "";
    }

    /// <summary>The first characters of a text, at most so many, and no half of a pair.</summary>
    public static string Begin(string text, int most)
    {
        if (text.Length <= most)
            return text;
        var end = Math.Max(0, most);

        return text[..(end > 0 && char.IsHighSurrogate(text[end - 1]) ? end - 1 : end)];
    }
}
