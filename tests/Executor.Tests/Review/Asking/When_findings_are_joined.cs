using LoopBus.Executor.Tools.Review;

namespace LoopBus.Executor.Tests.Review.Asking;

public sealed class When_findings_are_joined
{
    [Theory]
    [InlineData("security/sql-injection", 10, "model/security", 10, true)]
    [InlineData("security/sql-injection", 10, "model/security", 12, true)]
    [InlineData("security/sql-injection", 10, "model/security", 13, false)]
    [InlineData("security/sql-injection", 10, "model/correctness", 10, false)]
    [InlineData("performance/blocking-wait", 10, "model/concurrency", 10, true)]
    [InlineData("performance/count-for-any", 10, "model/concurrency", 10, false)]
    [InlineData("tests/missing", 10, "model/correctness", 10, false)]
    public void Should_hold_a_models_word_for_the_rules_where_both_are_about_the_same(string rule, int line, string modelRule, int modelLine, bool same)
    {
        var (found, agreed) = Joined.Of([Finding(rule, line, 0.5)], [Finding(modelRule, modelLine, 0.9)]);

        (found.Count, agreed).ShouldBe(same ? (1, 1) : (2, 0));
        found[0].Rule.ShouldBe(rule);
        found[0].Confidence.ShouldBe(same ? 0.9 : 0.5);
    }

    [Fact]
    public void Should_join_with_the_nearest_and_leave_other_files_and_sides_alone()
    {
        var rules = new[] { Finding("security/secret", 9, 0.7), Finding("security/secret", 11, 0.7) };

        var (found, agreed) = Joined.Of(
            rules, [Finding("model/security", 11, 0.9), Finding("model/security", 11, 0.9) with { File = "b.cs" }, Finding("model/security", 11, 0.9) with { Side = Side.Old }]);

        agreed.ShouldBe(1);
        found.Select(finding => finding.Confidence).ShouldBe([0.7, 0.9, 0.9, 0.9]);
    }

    private static Finding Finding(string rule, int line, double confidence) => new("a.cs", line, Side.New, rule, Severity.High, confidence, "m", "text");
}
