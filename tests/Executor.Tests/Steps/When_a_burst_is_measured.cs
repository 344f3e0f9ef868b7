using System.Text.Json;
using LoopBus.Executor.Steps;
using LoopBus.Testing;

namespace LoopBus.Executor.Tests.Steps;

public sealed class When_a_burst_is_measured
{
    private readonly ManualTimeProvider _time = new();

    [Fact]
    public void Should_be_over_after_its_length()
    {
        var burst = new Burst(_time, TimeSpan.FromSeconds(1), mostBytes: 100);

        burst.IsOver.ShouldBeFalse();
        _time.Advance(TimeSpan.FromSeconds(1.1));
        burst.IsOver.ShouldBeTrue();
    }

    [Fact]
    public void Should_be_over_with_too_much_output()
    {
        var burst = new Burst(_time, TimeSpan.FromSeconds(1), mostBytes: 100);

        burst.Brought(JsonSerializer.SerializeToElement(new string('x', 60)));
        burst.IsOver.ShouldBeFalse();
        burst.Brought(JsonSerializer.SerializeToElement(new string('x', 60)));
        burst.IsOver.ShouldBeTrue();
    }
}
