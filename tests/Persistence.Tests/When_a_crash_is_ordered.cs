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

    private static ExitAt? Configured(string? value) => ExitAt.Configured(
        new ConfigurationBuilder().AddInMemoryCollection([new KeyValuePair<string, string?>("LoopBus:Database:ExitAt", value)]).Build());
}
