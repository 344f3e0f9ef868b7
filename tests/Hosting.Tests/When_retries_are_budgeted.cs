using LoopBus.Testing;

namespace LoopBus.Hosting.Tests;

public sealed class When_retries_are_budgeted
{
    private readonly ManualTimeProvider time = new();
    private readonly RetryBudget budget;

    public When_retries_are_budgeted() => budget = new RetryBudget(share: 0.2, perSecond: 1, time);

    [Fact]
    public void Should_allow_a_few_a_second_whatever_is_called()
    {
        Spent().ShouldBe(10);

        time.Advance(TimeSpan.FromSeconds(3));
        Spent().ShouldBe(3);

        time.Advance(TimeSpan.FromHours(1));
        Spent().ShouldBe(10);
    }

    [Fact]
    public void Should_allow_a_share_of_what_is_called()
    {
        Spent();

        for (var call = 0; call < 51; call++)
            budget.Called();

        Spent().ShouldBe(10);
    }

    [Fact]
    public void Should_keep_a_storm_in_bounds_after_much_that_went_well()
    {
        for (var call = 0; call < 100_000; call++)
            budget.Called();

        Spent().ShouldBe(120);
    }

    private int Spent()
    {
        var spent = 0;
        while (budget.TrySpend())
            spent++;
        return spent;
    }
}
