using LoopBus.Executor.Ledger;
using LoopBus.Persistence;
using LoopBus.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace LoopBus.Executor.Tests.Steps;

public sealed class When_effects_are_old(DatabaseFixture database) : IClassFixture<DatabaseFixture>
{
    private static readonly DateTimeOffset Now = TimeProvider.System.GetUtcNow();

    [Fact]
    public async Task Should_remove_what_is_settled_and_keep_what_is_in_doubt()
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddInMemoryCollection(database.Settings);
        builder.AddPersistence<ExecutorDbContext>(ExecutorDbContext.Schema);
        using var host = builder.Build();
        await host.StartAsync();
        await using var scope = host.Services.CreateAsyncScope();
        var context = scope.ServiceProvider.GetRequiredService<ExecutorDbContext>();
        context.AddRange(
            Effect("done", EffectState.Done, 200), Effect("failed", EffectState.Failed, 190), Effect("doubt", EffectState.InDoubt, 200), Effect("fresh", EffectState.Done, 10));
        await context.SaveChangesAsync();

        var first = await OldEffects.RemoveEffects(scope.ServiceProvider, Now.AddDays(-180), limit: 1, CancellationToken.None);
        var then = await OldEffects.RemoveEffects(scope.ServiceProvider, Now.AddDays(-180), limit: 5, CancellationToken.None);

        (first, then).ShouldBe((1, 1));
        (await context.Effects.AsNoTracking().OrderBy(effect => effect.Key).Select(effect => effect.Key).ToListAsync()).ShouldBe(["doubt", "fresh"]);
        await host.StopAsync();
    }

    private static EffectEntry Effect(string key, string state, int days) => new()
    {
        Key = key,
        TaskId = "task",
        StepId = key,
        Tool = "noop.effect",
        ActionHash = "hash",
        State = state,
        IntendedAt = Now.AddDays(-days),
        SettledAt = Now.AddDays(-days),
    };
}
