using Microsoft.Extensions.Configuration;

namespace LoopBus.Persistence.Tests;

public sealed class When_a_crash_is_ordered
{
    [Fact]
    public void Should_refuse_a_point_that_is_none() =>
        Should.Throw<InvalidOperationException>(() => Configured("Sometime")).Message.ShouldContain("BeforeCommit, AfterCommit, AfterSend");

    [Fact]
    public void Should_live_on_until_its_turn()
    {
        var fault = Configured("AfterCommit:1").ShouldNotBeNull();

        // The first time passes; the second would end this process.
        fault.Reached(CommitPoint.AfterCommit);
        fault.Reached(CommitPoint.BeforeCommit);
    }

    [Fact]
    public void Should_be_nothing_where_nothing_is_said() => Configured(null).ShouldBeNull();

    [Theory]
    [InlineData("AfterSend:1:stop")]
    [InlineData("RelayTook")]
    public void Should_know_each_point_and_how_it_ends(string order) => Configured(order).ShouldNotBeNull();

    [Theory]
    [InlineData("AfterSend:1:pause")]
    [InlineData("AfterSend:soon")]
    [InlineData("AfterSend:1:stop:2")]
    public void Should_refuse_what_it_does_not_understand(string order) => Should.Throw<InvalidOperationException>(() => Configured(order)).Message.ShouldContain(order);

    private static ExitAt? Configured(string? value) => ExitAt.Configured(
        new ConfigurationBuilder().AddInMemoryCollection([new KeyValuePair<string, string?>("LoopBus:Database:ExitAt", value)]).Build());
}
