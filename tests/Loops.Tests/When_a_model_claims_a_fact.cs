using System.Text.Json;
using LoopBus.Contracts.Planning;
using LoopBus.Loops.Memory;

namespace LoopBus.Loops.Tests;

public sealed class When_a_model_claims_a_fact
{
    private static readonly MakePlan Asked = RunText.Asked(
        new Turn("act-1", "file.read", default, JsonSerializer.SerializeToElement(new { status = "unpaid", total = 17.5, note = "ships\non  \"Monday\"", lines = new[] { "a-1", "b-2" } }), null, default),
        RunText.Turn(2, problem: "there is no file 2.txt")) with
    {
        Guidance = [new Guidance("fact", "The customer is Ada Lovelace.", "alice"), new Guidance("stall", "Nothing new: try Bob.", "rules")],
        Facts = [new Fact("region", "EMEA north", "carol")],
    };

    [Theory]
    [InlineData("unpaid", "act-1")]
    [InlineData("17.5", "act-1")]
    [InlineData("ships on \"Monday\"", "act-1")]
    [InlineData("on   \"Monday\"", "act-1")]
    [InlineData("[\"a-1\",\"b-2\"]", "act-1")]
    [InlineData("no file 2.txt", "act-2")]
    [InlineData("Ada Lovelace", "alice")]
    [InlineData("EMEA", "carol")]
    public void Should_believe_what_its_source_says(string value, string source)
    {
        Grounding.Holds(new Fact("key", value, source), Asked).ShouldBeTrue();
    }

    [Theory]
    [InlineData("paid", "act-1")]
    [InlineData("7.5", "act-1")]
    [InlineData("Unpaid", "act-1")]
    [InlineData("on Tuesday", "act-1")]
    [InlineData("unpaid", "act-2")]
    [InlineData("unpaid", "act-9")]
    [InlineData("Ada Lovelace", "rules")]
    [InlineData("Bob", "rules")]
    [InlineData(" ", "act-1")]
    [InlineData("", "act-1")]
    public void Should_not_believe_what_its_source_does_not_say(string value, string source)
    {
        Grounding.Holds(new Fact("key", value, source), Asked).ShouldBeFalse();
    }

    [Fact]
    public void Should_keep_what_is_founded_and_new_with_its_relevance_and_count_what_is_unfounded()
    {
        Fact[] claims = [new("order.status", "unpaid", "act-1"), new("order.status", "paid", "act-1"), new("ORDER.status", "unpaid", "act-1"), new("region", "EMEA  north", "carol"), new("total", "17.5", "act-1")];

        var (believed, unfounded) = Grounding.Of(claims, Asked, "find the order status");

        believed.Select(fact => (fact.Key, fact.Relevance)).ShouldBe([("order.status", 0.5), ("total", 0)]);
        unfounded.ShouldBe(1);
    }
}
