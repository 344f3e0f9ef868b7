namespace LoopBus.Approval.Questions;

/// <summary>Text as people type it: browsers send each line's end as two characters where they count one.</summary>
internal static class EntryText
{
    public static EntryProblem? Read(string field, string name, string? typed, int most, out string? text)
    {
        text = typed?.ReplaceLineEndings("\n").Trim();
        if (string.IsNullOrEmpty(text))
            text = null;
        else if (text.Length > most)
            return new(field, $"{name} has {text.Length} characters, and may have {most}.");
        // No database keeps it in a text.
        else if (text.Contains('\0', StringComparison.Ordinal))
            return new(field, $"{name} has a character (U+0000) that is none of a text. Type it anew.");

        return null;
    }
}
