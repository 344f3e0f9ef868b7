using LoopBus.Executor.Tools.Review.Rules;

namespace LoopBus.Executor.Tools.Review;

/// <summary>Runs the rules over a change and keeps what lies on lines that the change touched: once per rule and line.</summary>
internal sealed class Analysis(IEnumerable<IRule> rules)
{
    // A longer line is data or made by a machine, and too long to cite.
    private const int LongestLine = 2000;

    private readonly IReadOnlyList<IRule> _rules = [.. rules];

    public IReadOnlyList<Finding> Of(Change change, CancellationToken cancellationToken) =>
        [
            .. _rules
                .SelectMany(rule => Look(rule, change, cancellationToken))
                .OfType<Finding>()
                .GroupBy(finding => (finding.Rule, finding.Side, finding.Line))
                .Select(same => same.MaxBy(finding => (finding.Severity, finding.Confidence))!)
                .OrderBy(finding => finding.Line)
                .ThenBy(finding => finding.Rule, StringComparer.Ordinal),
        ];

    private static IEnumerable<Finding?> Look(IRule rule, Change change, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return rule.Look(change).Select(hit => Finding(change, rule, hit));
    }

    private static Finding? Finding(Change change, IRule rule, Hit hit)
    {
        var text = change.Text(hit.Side)!;
        var line = Enumerable.Range(hit.First, hit.Last - hit.First + 1).FirstOrDefault(line => change.Touches(hit.Side, line));
        return line == 0 || text.Line(line).Length > LongestLine
            ? null
            : new(text.Path, line, hit.Side, hit.Rule ?? rule.Name, hit.Severity, hit.Confidence, hit.Message, text.Line(line));
    }
}
