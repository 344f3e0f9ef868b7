using LoopBus.Coordinator.Budgets;
using LoopBus.Loops;
using LoopBus.Loops.Budgets;
using LoopBus.Persistence;
using LoopBus.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace LoopBus.Coordinator.Tests.Budgets;

public sealed class When_a_message_asks_twice(DatabaseFixture database) : IClassFixture<DatabaseFixture>
{
    private static readonly DateOnly Today = new(2026, 11, 21);

    private readonly BudgetScope[] scopes = [new("loop:twice", new DailyBudget(1500, null)), new("tenant:twice", new DailyBudget(2000, 1m))];

    [Fact]
    public async Task Should_see_for_the_second_what_the_first_reserved()
    {
        using var host = await Start();
        var book = host.Services.GetRequiredService<BudgetBook>();
        await using var scope = host.Services.CreateAsyncScope();
        var unit = scope.ServiceProvider.GetRequiredService<IUnitOfWork>();
        foreach (var day in await book.Read(unit, scopes, Today, default))
            book.Reserve(unit, day, Today, new Amount(1000, 0.4m));

        var left = await book.Read(unit, scopes, Today, default);

        left.Select(day => day.Left.Tokens).ShouldBe([500, 1000]);
        foreach (var day in left)
            book.Reserve(unit, day, Today, new Amount(500, 0.2m));
        await unit.Commit(default);
        await using var later = host.Services.CreateAsyncScope();
        (await book.Read(later.ServiceProvider.GetRequiredService<IUnitOfWork>(), scopes, Today, default)).Select(day => day.Reserved).ShouldBe([new Amount(1500, 0.6m), new Amount(1500, 0.6m)]);
        await host.StopAsync();
    }

    private async Task<IHost> Start()
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddInMemoryCollection(database.Settings);
        builder.AddPersistence<CoordinatorDbContext>("coordinator");
        builder.Services.AddSingleton<BudgetBook>();
        var host = builder.Build();
        await host.StartAsync();

        return host;
    }
}
