using LoopBus.Approval.Questions;

namespace LoopBus.Approval.Tests.Deciding;

public sealed class When_text_is_typed
{
    [Fact]
    public void Should_count_the_end_of_a_line_as_browsers_do()
    {
        EntryText.Read("fact", "The fact", "a\r\nb", 3, out var text).ShouldBeNull();

        text.ShouldBe("a\nb");
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" \r\n\t ")]
    public void Should_be_none_where_nothing_is_seen(string? typed)
    {
        EntryText.Read("fact", "The fact", typed, 3, out var text).ShouldBeNull();

        text.ShouldBeNull();
    }

    [Fact]
    public void Should_hold_nothing_that_the_database_does_not_keep() =>
        EntryText.Read("fact", "The fact", "a\0b", 10, out _).ShouldNotBeNull().Field.ShouldBe("fact");
}
