using System.Globalization;
using System.Text;
using LoopBus.Hosting.Git;

namespace LoopBus.Executor.Tools.Review.Asking;

/// <summary>The lines of one text as a model is shown them: numbered, those that the change touched marked, with some around them.</summary>
internal static class ChangeView
{
    private const int Around = 10;
    private const int LongestLine = 400;
    private const string InPlace = "(hidden: rules see a secret here)";

    /// <returns>The view, and whether lines that changed are not in it.</returns>
    public static (string Text, bool Cut) Of(Source? text, IReadOnlyList<LineRange> touched, char mark, int room, IReadOnlySet<int> hidden)
    {
        if (text is null || touched.Count == 0)
            return ("", false);

        var shown = new StringBuilder();
        var last = 0;
        foreach (var line in Lines(touched, text.LineCount))
        {
            var own = touched.Any(range => range.Contains(line));
            var words = hidden.Contains(line) ? InPlace : text.Line(line);
            var cut = words.Length > LongestLine ? words[..LongestLine] + "…" : words;
            var row = string.Create(CultureInfo.InvariantCulture, $"{(last > 0 && line > last + 1 ? "…\n" : "")}{line,5} {(own ? mark : ' ')}|{cut}\n");
            if (shown.Length + row.Length > room)
                return (shown.ToString().TrimEnd('\n'), touched.Any(range => range.End >= line));
            shown.Append(row);
            last = line;
        }

        return (shown.ToString().TrimEnd('\n'), false);
    }

    private static IEnumerable<int> Lines(IReadOnlyList<LineRange> touched, int count)
    {
        var next = 1;
        foreach (var range in touched.OrderBy(range => range.Start))
            for (next = Math.Max(next, range.Start - Around); next <= Math.Min(count, range.End + Around); next++)
                yield return next;
    }
}
