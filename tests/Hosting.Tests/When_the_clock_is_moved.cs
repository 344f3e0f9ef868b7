using LoopBus.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace LoopBus.Hosting.Tests;

public sealed class When_the_clock_is_moved
{
    [Fact]
    public async Task Should_show_the_time_that_the_file_says_and_measure_as_before()
    {
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, "-3600");
        var time = ServiceHost.CreateBuilder(["--LoopBus:ClockOffsetFile", file], "executor", 0).Services.BuildServiceProvider().GetRequiredService<TimeProvider>();

        (TimeProvider.System.GetUtcNow() - time.GetUtcNow()).ShouldBe(TimeSpan.FromHours(1), TimeSpan.FromSeconds(10));
        time.GetElapsedTime(TimeProvider.System.GetTimestamp()).ShouldBe(TimeSpan.Zero, TimeSpan.FromSeconds(10));
        File.Delete(file);
        await Eventually.True(
            () => time.GetUtcNow() - TimeProvider.System.GetUtcNow() is { TotalSeconds: > -10 }, TimeSpan.FromSeconds(10), "without a file the time is the system's");
    }

    [Fact]
    public void Should_be_the_systems_own_where_nobody_says_so() =>
        ServiceHost.CreateBuilder([], "executor", 0).Services.BuildServiceProvider().GetRequiredService<TimeProvider>().ShouldBe(TimeProvider.System);
}
