using LoopBus.Contracts.Acts;

namespace LoopBus.Contracts.Tests;

public sealed class When_a_text_is_to_be_kept
{
    /// <summary>By number: xunit cannot carry half a surrogate from one process to the other.</summary>
    private static readonly (string Text, string Kept)[] Texts =
    [
        ("", ""), ("plain, ü, 😀", "plain, ü, 😀"), ("a\0b", "a\uFFFDb"), ("half \ud83d", "half \uFFFD"), ("\ude00 half", "\uFFFD half"),
    ];

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Should_have_nothing_that_a_database_does_not_know(int number)
    {
        var (text, kept) = Texts[number];
        StorableText.Of(text).ShouldBe(kept);
        new Reason("code", text).Text.ShouldBe(kept);
    }
}
