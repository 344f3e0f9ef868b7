using System.Globalization;
using System.Text.RegularExpressions;

namespace LoopBus.Hosting.Git;

/// <summary>The forms of a revision and a range that may be asked for: never an option, a path or a search.</summary>
internal static partial class Revision
{
    public static string Check(string revision) =>
        Allowed().IsMatch(revision) && !revision.Contains("..", StringComparison.Ordinal)
            ? revision
            : throw new GitException(
                "range-invalid",
                $"'{revision}' is no revision that may be asked for; name a branch, a tag or a commit, with ~n or ^n after it where needed."
            );

    public static string CheckId(string id) =>
        Id().IsMatch(id)
            ? id
            : throw new GitException("range-invalid", $"'{id}' is no full object id; give the id as the range was resolved to.");

    public static bool IsZero(string revision) => revision.Length is 40 or 64 && revision.All(digit => digit == '0');

    /// <summary>X of X~, X~1, X^ or X^1, X~2 of X~3; null for another form.</summary>
    public static string? ChildOf(string revision) =>
        Parent().Match(revision) is not { Success: true } match ? null
        : int.TryParse(match.Groups["steps"].ValueSpan, CultureInfo.InvariantCulture, out var steps) && steps > 1
            ? $"{match.Groups["child"].Value}~{steps - 1}"
        : match.Groups["child"].Value;

    // No ':' (paths), '{' '}' (searches, reflog), blanks, control characters, globs; no '-' in front.
    [GeneratedRegex(@"^[\p{L}\p{N}_.@/+#=,%!~^][\p{L}\p{N}_.@/+#=,%!~^-]{0,199}\z", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Allowed();

    [GeneratedRegex(@"^([0-9a-f]{40}|[0-9a-f]{64})\z", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Id();

    [GeneratedRegex(@"^(?<child>.+?)(~(?<steps>[1-9]\d{0,8})?|\^1?)\z", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Parent();
}
