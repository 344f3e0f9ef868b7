using System.Text.Json;
using LoopBus.Models;

namespace LoopBus.Planner.Tests.Models;

public sealed class When_an_answer_is_deep
{
    [Theory]
    [InlineData(20, true)]
    [InlineData(60, false)]
    public void Should_be_none_where_a_message_could_not_hold_it(int levels, bool read)
    {
        var text = $$"""{ "result": {{new string('[', levels)}}{{new string(']', levels)}}, "reasoning": "deep" }""";

        (JsonAnswer.Read<Debating.ProposalAnswer>(text, Debating.ProposalAnswer.Schema).Answer is not null).ShouldBe(read);
    }
}
