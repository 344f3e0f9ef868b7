using LoopBus.Coordinator.Budgets;
using LoopBus.Loops.Budgets;
using LoopBus.Persistence;
using LoopBus.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace LoopBus.Coordinator.Tests.Budgets;

public sealed class When_budgets_are_old(DatabaseFixture database) : IClassFixture<DatabaseFixture>
{
    private static readonly DateTimeOffset Now = TimeProvider.System.GetUtcNow();

    [Fact]
    public async Task Should_remove_days_that_are_past_their_time_and_keep_the_others()
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddInMemoryCollection(database.Settings);
        builder.AddPersistence<CoordinatorDbContext>("coordinator");
        using var host = builder.Build();
        await host.StartAsync();
        await using var scope = host.Services.CreateAsyncScope();
        var context = scope.ServiceProvider.GetRequiredService<CoordinatorDbContext>();
        foreach (var age in new[] { 92, 92, 91, 89, 0 })
            context.Add(new BudgetRow { Scope = $"loop:{Guid.NewGuid():n}", Day = BudgetRules.DayOf(Now.AddDays(-age)) });
        await context.SaveChangesAsync();

        while (await OldBudgets.Remove(scope.ServiceProvider, Now.AddDays(-90), limit: 2, default) > 0)
            context.ChangeTracker.Clear();

        (await context.Budgets.AsNoTracking().OrderBy(row => row.Day).Select(row => row.Day).ToListAsync()).ShouldBe([BudgetRules.DayOf(Now.AddDays(-89)), BudgetRules.DayOf(Now)]);
        await host.StopAsync();
    }
}
