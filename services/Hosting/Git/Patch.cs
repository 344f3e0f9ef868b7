using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace LoopBus.Hosting.Git;

/// <summary>Reads a raw diff (-z) and the patch (-U0) of the same trees: the sections of the patch come in the order of the raw entries.</summary>
internal static partial class Patch
{
    private const string Link = "120000";
    private const string Submodule = "160000";

    public static IReadOnlyList<ChangedFile> Files(string raw, byte[] patch)
    {
        var sections = new Queue<Section>(Sections(patch));
        return [.. Entries(raw).Select(entry => File(entry, sections))];
    }

    private static ChangedFile File(Entry entry, Queue<Section> sections)
    {
        var section = sections.Dequeue();
        // A file that becomes a link, or the reverse, is two sections: the old one goes, the new one comes.
        if (entry.Status == 'T')
            section = sections.Dequeue() with { Old = section.Old };
        var binary = section.Binary || entry.Modes.Any(mode => mode is Link or Submodule);
        return new(entry.Path, entry.OldPath, Name(entry.Status), binary, binary ? [] : section.New, binary ? [] : section.Old);
    }

    private static string Name(char status) =>
        status switch
        {
            'A' => "added",
            'D' => "deleted",
            'R' => "renamed",
            'C' => "copied",
            'T' => "type-changed",
            _ => "modified",
        };

    private static IEnumerable<Entry> Entries(string raw)
    {
        var fields = new Queue<string>(raw.Split('\0', StringSplitOptions.RemoveEmptyEntries));
        while (fields.TryDequeue(out var head))
        {
            var words = head.TrimStart(':').Split(' ');
            var status = words[4][0];
            var first = fields.Dequeue();
            yield return status is 'R' or 'C'
                ? new(status, [words[0], words[1]], fields.Dequeue(), first)
                : new(status, [words[0], words[1]], first, null);
        }
    }

    private static IEnumerable<Section> Sections(byte[] patch)
    {
        Section? section = null;
        // Latin-1 keeps every byte; only git's own lines are read, and those are ASCII up to the file's name.
        using var reader = new StreamReader(new MemoryStream(patch), Encoding.Latin1);
        foreach (var line in Lines(reader.ReadToEnd()))
        {
            if (line.StartsWith("diff --git ", StringComparison.Ordinal))
            {
                if (section is not null)
                    yield return section;
                section = new(false, [], []);
            }
            else if (line.StartsWith("Binary files ", StringComparison.Ordinal))
            {
                section = section! with { Binary = true };
            }
            else if (Hunk().Match(line) is { Success: true } hunk)
            {
                Add(section!.Old, hunk.Groups["old"], hunk.Groups["oldCount"]);
                Add(section!.New, hunk.Groups["new"], hunk.Groups["newCount"]);
            }
        }

        if (section is not null)
            yield return section;
    }

    // Only a line feed ends a line of a patch: a carriage return belongs to the text.
    private static IEnumerable<string> Lines(string text)
    {
        for (var start = 0; start < text.Length; )
        {
            var end = text.IndexOf('\n', start);
            end = end < 0 ? text.Length : end;
            if (text[start] is 'd' or 'B' or '@')
                yield return text[start..end];
            start = end + 1;
        }
    }

    private static void Add(List<LineRange> ranges, Group start, Group count)
    {
        var first = int.Parse(start.Value, CultureInfo.InvariantCulture);
        var lines = count.Success ? int.Parse(count.Value, CultureInfo.InvariantCulture) : 1;
        if (lines > 0)
            ranges.Add(new(first, first + lines - 1));
    }

    [GeneratedRegex(@"^@@ -(?<old>\d+)(,(?<oldCount>\d+))? \+(?<new>\d+)(,(?<newCount>\d+))? @@", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Hunk();

    private sealed record Entry(char Status, string[] Modes, string Path, string? OldPath);

    private sealed record Section(bool Binary, List<LineRange> Old, List<LineRange> New);
}
