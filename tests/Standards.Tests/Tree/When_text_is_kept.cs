using System.Text.RegularExpressions;

namespace LoopBus.Standards.Tests.Tree;

public sealed class When_text_is_kept
{
    // Put together from halves, so that this file does not hold what it forbids.
    private static readonly (string Pattern, string Why)[] Forbidden =
    [
        ("(?<![\\w.])/wor" + "k/", "a path of one machine"),
        ("(?i)co-auth" + "ored-by|gener" + "ated with \\[", "an author's mark: the history says who wrote it"),
        ("(?i)\\b(?:closes|fixes|see|issue) #" + "\\d+", "a number of a tracker: say the reason itself"),
        ("\\b(?:TO" + "DO|FIX" + "ME|HA" + "CK|X" + "XX)\\b", "work left over: do it, or leave it out"),
        ("^\\s*#reg" + "ion", "a region: split the file"),
        ("(?i)https?://[^\\s\"'<>]*(?:artif" + "actory|nex" + "us|pyp" + "i-mirror|npm-mir" + "ror)", "a registry's host: packages come from where the machine is set up to get them"),
    ];

    [Fact]
    public void Should_say_nothing_of_the_place_it_was_written_in()
    {
        Sources.Agree(
            from path in Sources.All
            where !path.EndsWith("packages.lock.json", StringComparison.Ordinal) && !IsLibrary(path) && Sources.IsText(path)
            let lines = Sources.Read(path).Split('\n')
            from rule in Forbidden
            from line in Enumerable.Range(0, lines.Length)
            where Regex.IsMatch(lines[line], rule.Pattern, RegexOptions.None, TimeSpan.FromSeconds(1))
            select $"{path}:{line + 1}: {rule.Why}",
            "The tree is for its readers.");
    }

    [Fact]
    public void Should_give_a_reason_for_each_suppression()
    {
        Sources.Agree(
            from path in Sources.CSharp
            let lines = Sources.Read(path).Split('\n')
            from line in Enumerable.Range(0, lines.Length)
            where lines[line].TrimStart().StartsWith("#pragma warning disable", StringComparison.Ordinal)
            where !lines[line].Contains("//", StringComparison.Ordinal)
                && !(line > 0 && lines[line - 1].TrimStart().StartsWith("//", StringComparison.Ordinal))
            select $"{path}:{line + 1}",
            "A warning that is switched off needs the sentence that says why.");
    }

    private static bool IsLibrary(string path) => path.Contains("/wwwroot/lib/", StringComparison.Ordinal);
}
