using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace LoopBus.Executor.Tools.Review;

/// <summary>
/// A review as a section of a commit's note, which people and other runs may share: it begins with a line that only its key has, and ends with a trailer
/// (run, key, and the sha256 of all that stands before the last line). Nothing from the code can make such lines: what comes from there is indented.
/// </summary>
internal static class ReviewNote
{
    private const string Opening = "LoopBus review ";
    private const string HashLine = "LoopBus-Hash: ";

    public static string Section(ReviewOutcome review, string run, string key)
    {
        var text = new StringBuilder();
        text.Append($"{Opening}{key}: {Verdict(review.Verdict)}\n\n{Plain(review.Summary)}\n");
        foreach (var same in review.Findings.GroupBy(finding => finding.Severity))
        {
            text.Append($"\n{same.Key.ToString().ToUpperInvariant()}\n");
            foreach (var finding in same)
                text.Append(
                    $"  {Place(finding)}  {finding.Rule}  (confidence {finding.Confidence.ToString("0.00", CultureInfo.InvariantCulture)})\n    {Plain(finding.Message)}\n"
                );
        }

        if (review.Omitted > 0)
            text.Append($"\n{review.Omitted} more, less severe, are left out here.\n");
        text.Append($"\nLoopBus-Run: {Plain(run)}\nLoopBus-Key: {key}\nLoopBus-Range: {Plain(review.Base)}..{Plain(review.Head)}\n");
        var hash = Hash(text.ToString());
        return text.Append(HashLine).Append(hash).Append('\n').ToString();
    }

    /// <summary>The section of a key in a note, as it stands there; null where there is none.</summary>
    public static string? Find(string? note, string key)
    {
        if (note is null || Start(note, key) is not { } start)
            return null;

        var hash = note.IndexOf("\n" + HashLine, start, StringComparison.Ordinal);
        if (hash < 0)
            return note[start..];

        var end = note.IndexOf('\n', hash + 1);
        return end < 0 ? note[start..] : note[start..(end + 1)];
    }

    /// <summary>Whether the section is word for word what was posted.</summary>
    public static bool IsWhole(string section)
    {
        var at = section.LastIndexOf(HashLine, StringComparison.Ordinal);
        return at >= 0 && section[(at + HashLine.Length)..].Trim() == Hash(section[..at]);
    }

    public static bool IsOf(string section, string run) => section.Contains($"\nLoopBus-Run: {Plain(run)}\n", StringComparison.Ordinal);

    public static string HashOf(string section) =>
        section[(section.LastIndexOf(HashLine, StringComparison.Ordinal) + HashLine.Length)..].Trim();

    public static string Append(string? note, string section) =>
        string.IsNullOrWhiteSpace(note) ? section
        : note.EndsWith("\n\n", StringComparison.Ordinal) ? note + section
        : note.TrimEnd('\n') + "\n\n" + section;

    /// <summary>The note without the section; null where nothing else was in it.</summary>
    public static string? Without(string note, string section)
    {
        var at = note.IndexOf(section, StringComparison.Ordinal);
        var (before, after) = (note[..at].TrimEnd('\n'), note[(at + section.Length)..].TrimStart('\n'));
        return (before.Length, after.Length) switch
        {
            (0, 0) => null,
            (0, _) => after,
            (_, 0) => before + "\n",
            _ => before + "\n\n" + after,
        };
    }

    private static int? Start(string note, string key)
    {
        var line = $"{Opening}{key}: ";
        return note.StartsWith(line, StringComparison.Ordinal) ? 0
            : note.IndexOf("\n" + line, StringComparison.Ordinal) is var at && at >= 0 ? at + 1
            : null;
    }

    private static string Verdict(string verdict) =>
        verdict switch
        {
            "approve" => "APPROVE",
            "request-changes" => "REQUEST CHANGES",
            _ => "COMMENT",
        };

    private static string Place(Finding finding) => $"{Plain(finding.File)}:{finding.Line}{(finding.Side == Side.Old ? " (removed)" : "")}";

    // A path or an identifier may hold line breaks and characters that steer a terminal.
    private static string Plain(string text) =>
        string.Concat(
            text.EnumerateRunes()
                .Select(rune =>
                    Rune.IsControl(rune)
                    || Rune.GetUnicodeCategory(rune)
                        is UnicodeCategory.Format
                            or UnicodeCategory.LineSeparator
                            or UnicodeCategory.ParagraphSeparator
                        ? "\uFFFD"
                        : rune.ToString()
                )
        );

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
