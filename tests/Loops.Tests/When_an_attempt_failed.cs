using FsCheck;
using FsCheck.Fluent;
using LoopBus.Contracts.Planning;

namespace LoopBus.Loops.Tests;

public sealed class When_an_attempt_failed
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 2)]
    [InlineData(3, 4)]
    [InlineData(5, 16)]
    [InlineData(6, 30)]
    [InlineData(5000, 30)]
    public void Should_double_the_longest_wait_up_to_its_bound(int attempt, double seconds)
    {
        Backoff.FullJitter(new StepRetry(10, 1, 30), attempt, 1).ShouldBe(TimeSpan.FromSeconds(seconds));
        Backoff.FullJitter(new StepRetry(10, 1, 30), attempt, 0).ShouldBe(TimeSpan.Zero);
        Backoff.FullJitter(new StepRetry(10, 1, 30), attempt, 0.5).ShouldBe(TimeSpan.FromSeconds(seconds / 2));
    }

    [Fact]
    public void Should_wait_within_bounds_whatever_comes()
    {
        Prop.ForAll<int, int, double>((attempt, delay, random) =>
        {
            var retry = new StepRetry(3, Math.Abs((double)delay), 30);
            var wait = Backoff.FullJitter(retry, attempt, random);

            return wait >= TimeSpan.Zero && wait <= TimeSpan.FromSeconds(30);
        }).QuickCheckThrowOnFailure();
    }
}
