using LoopBus.Executor.Tools.Git;
using LoopBus.Executor.Tools.Review;
using LoopBus.Executor.Tools.Review.Rules;
using LoopBus.Hosting.Git;

namespace LoopBus.Executor.Tests.Review.Rules;

internal static class RuleAssertions
{
    private const string Mark = "//!";

    /// <summary>The rule finds exactly the lines that end with //! (which it does not get to see), sure enough to be posted.</summary>
    public static void ShouldFindMarked(this IRule rule, string text, string path = "src/Shop/Code.cs")
    {
        var lines = text.ReplaceLineEndings("\n").Split('\n');
        var marked = lines.Index().Where(line => line.Item.EndsWith(Mark, StringComparison.Ordinal)).Select(line => line.Index + 1);

        var found = rule.Find(string.Join('\n', lines.Select(line => line.Replace(Mark, "").TrimEnd())), path);

        found.Where(finding => finding.Confidence > 0.6).Select(finding => finding.Line).ShouldBe(marked, string.Join('\n', found));
    }

    public static IReadOnlyList<Finding> Find(this IRule rule, string text, string path)
    {
        var source = new Source(path, text);
        var file = new FileChange(
            path,
            "added",
            Language.Of(path),
            [new LineRange(1, source.LineCount)],
            [],
            source.LineCount,
            false,
            FileKind.IsTest(path)
        );
        return new Analysis([rule]).Of(new(file, null, source), CancellationToken.None);
    }
}
