using LoopBus.Loops.Memory;

namespace LoopBus.Executor.Tools.Review.Asking;

/// <summary>
/// What stands of a model's words: findings on lines that the change touched, whose quote is in the text there. The rest is counted. Pure rules: neither the
/// model nor what it has read can say otherwise.
/// </summary>
internal static class Grounding
{
    public const string Area = "model/";

    private const int MostFindings = 20;
    private const int LongestMessage = 500;
    private const int LongestLine = 2000;
    private const int LeastQuoted = 3;

    public static (IReadOnlyList<Finding> Findings, int Untouched, int Ungrounded, int Omitted) Of(ReviewAnswer answer, Change change)
    {
        var touched = answer.Findings.Select(item => (Item: item, Side: Enum.Parse<Side>(item.Side, ignoreCase: true))).Where(said => IsTouched(said.Item, said.Side)).ToList();
        var grounded = touched.Where(said => Stands(said.Item, change.Text(said.Side)!.Line(said.Item.Line))).ToList();
        var findings = grounded
            .Select(said => Finding(said.Item, said.Side))
            .OrderByDescending(finding => finding.Severity)
            .ThenByDescending(finding => finding.Confidence)
            .DistinctBy(finding => (finding.Side, finding.Line, finding.Rule))
            .ToList();

        return (
            [.. findings.Take(MostFindings)],
            answer.Findings.Count - touched.Count,
            touched.Count - grounded.Count,
            Math.Max(0, findings.Count - MostFindings)
        );

        bool IsTouched(ReviewAnswer.Item item, Side side) =>
            change.Touches(side, item.Line) && change.Text(side) is { } text && item.Line <= text.LineCount;

        Finding Finding(ReviewAnswer.Item item, Side side) =>
            new(
                change.Text(side)!.Path,
                item.Line,
                side,
                Area + item.Kind,
                Enum.Parse<Severity>(item.Severity, ignoreCase: true),
                item.Confidence,
                Message(item.Message),
                change.Text(side)!.Line(item.Line)
            );
    }

    // A brace stands everywhere; a line that is too long cannot be cited.
    private static bool Stands(ReviewAnswer.Item item, string line)
    {
        var (quote, there) = (Blanks.Normal(item.Quote), Blanks.Normal(line));
        var said = quote.Count(char.IsLetterOrDigit);

        return line.Length <= LongestLine
            && Blanks.Normal(item.Message).Length > 0
            && there.Contains(quote, StringComparison.Ordinal)
            && (said >= LeastQuoted || (said > 0 && quote == there));
    }

    private static string Message(string message) => Blanks.Normal(message) is { Length: > LongestMessage } plain ? plain[..LongestMessage] + "…" : Blanks.Normal(message);
}
