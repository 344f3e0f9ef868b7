using LoopBus.Coordinator.Overload;
using LoopBus.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace LoopBus.Coordinator.Tests.Overload;

public sealed class When_steps_fail_everywhere
{
    [Fact]
    public void Should_try_more_of_them_again_later()
    {
        using var services = new ServiceCollection().AddMetrics().BuildServiceProvider();
        var options = Options.Create(new CoordinatorOptions { RetryShare = 0.2, RetriesPerSecond = 1, RetryPauseSeconds = 30 });
        var retries = new StepRetries(ActivatorUtilities.CreateInstance<AdmissionMetrics>(services), new ManualTimeProvider(), options);
        var backoff = TimeSpan.FromSeconds(2);
        for (var step = 0; step < 101; step++)
            retries.Asked();

        var waits = Enumerable.Range(0, 40).Select(_ => retries.After(backoff, jitter: 0.5)).ToList();

        waits.Count(wait => wait == backoff).ShouldBe(30);
        waits.Count(wait => wait == backoff + TimeSpan.FromSeconds(45)).ShouldBe(10);
    }
}
