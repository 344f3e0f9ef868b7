using System.Text.RegularExpressions;

namespace LoopBus.Executor.Tools.Git;

/// <summary>What a path says of a file: whether it is a test, and whether a machine wrote it.</summary>
internal static partial class FileKind
{
    public static bool IsTest(string path) => TestPath().IsMatch(path);

    public static bool IsGenerated(string path) => GeneratedPath().IsMatch(path);

    [GeneratedRegex(
        """
            (^|/)(tests?|specs?|__tests__|[^/]*[._-]tests?|[^/]*\.(Unit|Integration|Functional|Acceptance)?(Tests?|Specs?))/
            |(^|/)[^/]*(Tests?|Specs?|TestCase|TestBase)\.(cs|fs|vb|java|kt|swift)$
            |(^|/)(When|Should)_[^/]*\.cs$
            |\.(test|spec)\.[cm]?[jt]sx?$
            |(^|/)test_[^/]*\.py$|_test\.(go|py|rb)$|_spec\.rb$
            """,
        RegexOptions.ExplicitCapture | RegexOptions.IgnorePatternWhitespace,
        1000
    )]
    private static partial Regex TestPath();

    [GeneratedRegex(
        """
            \.(g|g\.i|designer|generated)\.(cs|vb)$|ModelSnapshot\.cs$|(^|/)(obj|bin|node_modules|vendor|dist|Migrations)/
            |\.min\.(js|css)$|\.(lock|snap|map|svg|csv|tsv)$|(^|/)(packages\.lock|package-lock|pnpm-lock|yarn|composer|Cargo)[^/]*\.(json|lock|yaml)$|(^|/)go\.sum$
            """,
        RegexOptions.ExplicitCapture | RegexOptions.IgnorePatternWhitespace | RegexOptions.IgnoreCase,
        1000
    )]
    private static partial Regex GeneratedPath();
}
