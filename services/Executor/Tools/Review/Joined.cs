using LoopBus.Executor.Tools.Review.Asking;

namespace LoopBus.Executor.Tools.Review;

/// <summary>What rules and a model found, each fault once: where both name it, the rule's finding stays, as sure as the surer of the two.</summary>
internal static class Joined
{
    // A rule points to where an expression begins, a model to where it does harm.
    private const int Near = 2;

    private static readonly string[] OfTheWholeChange = ["tests/", "size/"];

    /// <returns>The findings, and how many of the model's the rules had too.</returns>
    public static (List<Finding> Findings, int Agreed) Of(IEnumerable<Finding> byRules, IReadOnlyList<Finding> byModel)
    {
        var found = byRules.ToList();
        var rules = found.Count;
        foreach (var said in byModel)
        {
            var same = found.Take(rules).Where(finding => IsSame(finding, said)).MinBy(finding => Math.Abs(finding.Line - said.Line));
            if (same is null)
                found.Add(said);
            else
                found[found.IndexOf(same)] = same with { Confidence = Math.Max(same.Confidence, said.Confidence) };
        }

        return (found, byModel.Count - (found.Count - rules));
    }

    /// <summary>Whether a rule's word and a model's are about the same thing: api, performance, security; waiting for a task is also a matter of concurrency.</summary>
    public static bool IsSameArea(string rule, string modelRule) =>
        rule == modelRule || AreaOf(rule) == AreaOf(modelRule) || (rule == "performance/blocking-wait" && AreaOf(modelRule) == "concurrency");

    private static bool IsSame(Finding rule, Finding model) =>
        (rule.File, rule.Side) == (model.File, model.Side)
        && Math.Abs(rule.Line - model.Line) <= Near
        && !OfTheWholeChange.Any(area => rule.Rule.StartsWith(area, StringComparison.Ordinal))
        && IsSameArea(rule.Rule, model.Rule);

    // model/security and security/secret are both about security.
    private static string AreaOf(string rule) =>
        rule.StartsWith(Grounding.Area, StringComparison.Ordinal) ? rule[Grounding.Area.Length..] : rule.Split('/')[0];
}
