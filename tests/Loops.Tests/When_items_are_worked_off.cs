using System.Text.Json;

namespace LoopBus.Loops.Tests;

public sealed class When_items_are_worked_off
{
    [Fact]
    public void Should_see_an_item_that_comes_twice_however_it_is_written()
    {
        var items = JsonElement.Parse("""[1, { "a": 1, "b": 2 }, "1", { "b": 2, "a": 1.0 }, 1.0]""").EnumerateArray();

        ForEachInvariants.Duplicates(items).ShouldBe(["1", "{\"a\":1,\"b\":2}"]);
    }

    [Theory]
    [InlineData(3, 2, true)]
    [InlineData(1, 0, true)]
    [InlineData(3, 3, false)]
    [InlineData(3, 4, false)]
    [InlineData(0, -1, false)]
    public void Should_see_whether_a_round_left_less_to_do(int before, int after, bool decreases)
    {
        ForEachInvariants.StrictlyDecreases(before, after).ShouldBe(decreases);
    }

    [Fact]
    public void Should_name_each_items_step()
    {
        ForEachInvariants.StepId("analyze", 3).ShouldBe("analyze[3]");
    }
}
