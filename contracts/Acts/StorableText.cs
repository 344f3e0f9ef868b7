using System.Text;

namespace LoopBus.Contracts.Acts;

/// <summary>Makes a text one that every database keeps: PostgreSQL's text has no U+0000, and UTF-8 no half of a surrogate pair (RFC 3629, section 3).</summary>
public static class StorableText
{
    /// <returns>The text with U+FFFD for each of them; the same where it has none.</returns>
    public static string Of(string text)
    {
        if (text is null || !(text.Contains('\0', StringComparison.Ordinal) || text.Any(char.IsSurrogate)))
            return text!;

        var clean = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes()) // a half comes as U+FFFD
            clean.Append(rune.Value == 0 ? Rune.ReplacementChar : rune);

        return clean.ToString();
    }
}
