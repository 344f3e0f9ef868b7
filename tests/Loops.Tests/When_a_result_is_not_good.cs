using LoopBus.Loops.Refining;

namespace LoopBus.Loops.Tests;

public sealed class When_a_result_is_not_good
{
    [Theory]
    [InlineData(0, 0, null, "0+1", false)]
    [InlineData(0, 1, null, "0+5", true)]
    [InlineData(1, 1, "0+5", "0+1", false)]
    [InlineData(1, 2, "0+5", "0+4", true)]
    [InlineData(1, 2, "0+5", "0+5", false)]
    [InlineData(1, 2, "0+5", "0+6", false)]
    [InlineData(1, 2, null, "0+1", false)]
    [InlineData(1, 2, "1+1", "0+3", true)]
    [InlineData(1, 2, "0+3", "1+1", false)]
    [InlineData(1, 2, "1+2", "1+1", true)]
    [InlineData(2, 3, "0+2", "0+1", true)]
    public void Should_be_mended_again_where_the_last_time_brought_a_gain(int refined, int most, string? before, string now, bool worthwhile) =>
        Refinement.IsWorthwhile(refined, most, before is null ? null : Of(before), Of(now)).ShouldBe(worthwhile);

    private static Distance Of(string text) => new(text[0] - '0', text[2] - '0');
}
