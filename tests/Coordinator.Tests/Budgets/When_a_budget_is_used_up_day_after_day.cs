using LoopBus.Coordinator.Tests.World;
using LoopBus.Loops.Budgets;
using LoopBus.Testing;

namespace LoopBus.Coordinator.Tests.Budgets;

[Collection("budget world")]
public sealed class When_a_budget_is_used_up_day_after_day(BudgetWorld world)
{
    private readonly Account account = new(world);
    private readonly DateOnly today = BudgetRules.DayOf(TimeProvider.System.GetUtcNow());

    [Theory]
    [InlineData(2, true)]
    [InlineData(3, false)]
    public async Task Should_flag_it_on_the_third_day_in_a_row(int before, bool flagged)
    {
        await account.HasSpent(BudgetWorld.PerDay - 10, today.AddDays(-1), denied: 1);
        await account.HasSpent(BudgetWorld.PerDay - 10, today.AddDays(-before), denied: 1);
        await account.Spend(BudgetWorld.PerDay - 50);

        await Eventually.True(async () => (await account.Post($"late-{Guid.NewGuid():n}")).StatusCode == System.Net.HttpStatusCode.TooManyRequests, WorldFixture.Patience, "no more is launched");

        await Eventually.True(async () => (await account.Today()).Over, WorldFixture.Patience, "the day counts as used up");
        if (flagged)
            await Eventually.True(async () => (await account.Today()).Row.GetProperty("flagged").GetBoolean(), WorldFixture.Patience, "it is flagged");
        else
            (await account.Today()).Row.GetProperty("flagged").GetBoolean().ShouldBeFalse();
    }
}
