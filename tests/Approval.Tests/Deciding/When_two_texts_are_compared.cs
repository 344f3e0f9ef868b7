using LoopBus.Approval.Web;

namespace LoopBus.Approval.Tests.Deciding;

public sealed class When_two_texts_are_compared
{
    [Fact]
    public void Should_show_what_went_and_what_came() =>
        Diff("a\nb\nc", "a\nx\nc\nd").ShouldBe([" a", "-b", "+x", " c", "+d"]);

    [Fact]
    public void Should_leave_out_what_stays_far_from_any_change() =>
        Diff("1\n2\n3\n4\n5\n6\n7\n8\n9", "1\n2\n3\n4\n5\n6\n7\n8\nX").ShouldBe(["⋯", " 6", " 7", " 8", "-9", "+X"]);

    [Fact]
    public void Should_keep_the_lines_that_both_have_in_their_order() =>
        Diff("a\nb\nc\nd", "b\nc\na\nd").ShouldBe(["-a", " b", " c", "+a", " d"]);

    [Fact]
    public void Should_say_nothing_of_texts_that_are_the_same() => Diff("a\nb", "a\nb").ShouldBe(["⋯"]);

    [Fact]
    public void Should_show_large_texts_whole()
    {
        var before = string.Join('\n', Enumerable.Range(0, 2000).Select(n => $"a{n}"));
        var after = string.Join('\n', Enumerable.Range(0, 2000).Select(n => $"b{n}"));

        Diff(before, after).Count.ShouldBe(4000);
    }

    private static List<string> Diff(string before, string after) =>
        [.. LineDiff.Of(before, after).Select(line => line is null ? "⋯" : $"{line.Mark}{line.Text}")];
}
