using LoopBus.Executor.Tools.Git;
using LoopBus.Executor.Tools.Review.Rules.Security;

namespace LoopBus.Executor.Tools.Review.Asking;

/// <summary>The lines of a text that no model is shown, for a rule sees a secret there; a private key is hidden to its end.</summary>
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
        {
            hidden.UnionWith(Enumerable.Range(hit.First, hit.Last - hit.First + 1));
            if (text.Line(hit.First).Contains("PRIVATE KEY", StringComparison.Ordinal))
                hidden.UnionWith(ToItsEnd(text, hit.First));
        }

        return hidden;
    }

    private static IEnumerable<int> ToItsEnd(Source text, int first)
    {
        for (var line = first + 1; line <= Math.Min(text.LineCount, first + LongestKey); line++)
        {
            yield return line;
            if (text.Line(line).Contains("-----END", StringComparison.Ordinal))
                yield break;
        }
    }
}
