using LoopBus.Chaos.Faults;

namespace LoopBus.Chaos.Tests;

/// <summary>The short form of infra/chaos.sh.</summary>
public sealed class When_everything_fails_at_once
{
    [Fact]
    public async Task Should_lose_nothing_and_do_nothing_twice()
    {
        var report = await Storm.Run(new Wanted(TimeSpan.FromMinutes(3), Seed: 1, Load: 12, FaultKind.All), TextWriter.Null, TimeProvider.System);

        report.Violations.ShouldBeEmpty(report.ToText());
        report.Runs.Values.Sum().ShouldBeGreaterThan(0);
        report.Points.Sum(point => point.Times.Values.Sum()).ShouldBeGreaterThan(0, report.ToText());
    }
}
