using LoopBus.Executor.Tools.Git;
using LoopBus.Executor.Tools.Review.Rules.Security;

namespace LoopBus.Executor.Tools.Review.Asking;

/// <summary>The lines of a text that no model is shown: a rule sees a secret there, or the line is too long for one to look; a private key is hidden to its end.</summary>
internal static class HiddenLines
{
    private const int LongestKey = 200;

    private static readonly SecretRule Secrets = new();

    public static IReadOnlySet<int> Of(Source? text, FileChange file)
    {
        var hidden = new HashSet<int>();
        if (text is null)
            return hidden;

        foreach (var hit in Secrets.Look(new Change(file, Old: null, text)))
            hidden.UnionWith(Enumerable.Range(hit.First, hit.Last - hit.First + 1));

        for (var line = 1; line <= text.LineCount; line++)
        {
            var written = text.Line(line);
            if (SecretRule.BeginsKey(written))
                hidden.UnionWith(ToItsEnd(text, line));
            else if (written.Length > SecretRule.LongestLine)
                hidden.Add(line);
        }

        return hidden;
    }

    private static IEnumerable<int> ToItsEnd(Source text, int first)
    {
        for (var line = first; line <= Math.Min(text.LineCount, first + LongestKey); line++)
        {
            yield return line;
            if (text.Line(line).Contains("-----END", StringComparison.Ordinal))
                yield break;
        }
    }
}
