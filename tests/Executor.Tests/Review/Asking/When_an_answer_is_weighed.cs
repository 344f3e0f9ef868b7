using LoopBus.Executor.Tools.Git;
using LoopBus.Executor.Tools.Review;
using LoopBus.Executor.Tools.Review.Asking;

namespace LoopBus.Executor.Tests.Review.Asking;

public sealed class When_an_answer_is_weighed
{
    private static readonly Change Change = new(
        new FileChange("a.cs", "modified", "csharp", [new(2, 3), new(30, 30)], [new(2, 2)], 3, Binary: false, IsTest: false),
        new Source("a.cs", "one\n  old  line;\n"),
        new Source("a.cs", "one\n\tnew   line;\n}\n" + string.Concat(Enumerable.Range(4, 40).Select(line => $"line {line}\n"))));

    private static readonly HashSet<int> Nothing = [];

    [Theory]
    [InlineData(2, "new", "new line;", true)]
    [InlineData(2, "new", "\tnew   line;", true)]
    [InlineData(2, "new", "new", true)]
    [InlineData(2, "old", "old line;", true)]
    [InlineData(2, "old", "new line;", false)]
    [InlineData(2, "new", "New Line;", false)]
    [InlineData(2, "new", "", false)]
    [InlineData(2, "new", ";", false)]
    [InlineData(3, "new", "}", false)]
    [InlineData(1, "new", "one", false)]
    [InlineData(30, "new", "line 30", true)]
    [InlineData(30, "old", "line 30", false)]
    [InlineData(999, "new", "one", false)]
    public void Should_believe_only_what_the_changed_line_says(int line, string side, string quote, bool believed) =>
        Weigh(Item(line, side, quote)).Findings.Count.ShouldBe(believed ? 1 : 0);

    [Fact]
    public void Should_keep_the_worst_of_what_is_said_twice_and_at_most_twenty()
    {
        var (twice, _, _, _) = Weigh(Item(2, "new", "new line;", "low"), Item(2, "new", "new line;", "critical"));
        twice.Single().Severity.ShouldBe(Severity.Critical);

        var wide = Change with { File = Change.File with { ChangedLines = [new(1, 40)] } };
        var (many, _, _, omitted) = Grounding.Of(new ReviewAnswer([.. Enumerable.Range(4, 30).Select(line => Item(line, "new", $"line {line}"))]), wide);
        (many.Count, omitted).ShouldBe((20, 10));
    }

    [Fact]
    public void Should_put_a_message_on_one_line_and_cut_it()
    {
        var (found, _, _, _) = Weigh(Item(2, "new", "new line;") with { Message = $"It\nfails. {new string('x', 1000)}" });

        found.Single().Message.ShouldStartWith("It fails. x");
        found.Single().Message.Length.ShouldBe(501);
    }

    [Fact]
    public void Should_show_the_changed_lines_marked_and_what_stands_around()
    {
        var (text, cut) = ChangeView.Of(Change.New, Change.File.ChangedLines, '+', 10_000, Nothing);

        cut.ShouldBeFalse();
        text.Split('\n')[..4].ShouldBe(["    1  |one", "    2 +|\tnew   line;", "    3 +|}", "    4  |line 4"]);
        text.ShouldContain("   13  |line 13\n…\n   20  |line 20");
        text.ShouldContain("   30 +|line 30");
        text.ShouldEndWith("   40  |line 40");
    }

    [Fact]
    public void Should_say_when_there_is_more_than_it_shows()
    {
        ChangeView.Of(Change.New, Change.File.ChangedLines, '+', 60, Nothing).Cut.ShouldBeTrue();
        ChangeView.Of(Change.New, [new(2, 2)], '+', 60, Nothing).Cut.ShouldBeFalse();
        ChangeView.Of(null, Change.File.ChangedLines, '+', 60, Nothing).Text.ShouldBe("");
    }

    [Fact]
    public void Should_show_no_secret_that_rules_see()
    {
        var text = new Source("keys.cs", "class Keys\n{\n    const string Key = \"AKIAQ7ZXW3JT5LMNB4PD\";\n    const string Pem = @\"-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC7VJTUt9Us8cKj\nMzEfYyjiWA4R4/M2bS1GB4t7NXp98C3SC6dVMvDuictGeurT8jNbvJZHtCSuYEvu\n-----END PRIVATE KEY-----\";\n}\n");

        var (shown, _) = ChangeView.Of(text, [new(1, 8)], '+', 10_000, HiddenLines.Of(text, Change.File with { Path = "keys.cs" }));

        shown.ShouldNotContain("AKIA");
        shown.ShouldNotContain("MIIEv");
        shown.ShouldNotContain("MzEf");
        shown.Split('\n').Count(line => line.EndsWith("(hidden: rules see a secret here)", StringComparison.Ordinal)).ShouldBe(5);
    }

    private static (IReadOnlyList<Finding> Findings, int Untouched, int Ungrounded, int Omitted) Weigh(params ReviewAnswer.Item[] items) => Grounding.Of(new ReviewAnswer(items), Change);

    private static ReviewAnswer.Item Item(int line, string side, string quote, string severity = "high") => new(line, side, "correctness", severity, 0.9, quote, "It fails.");
}
