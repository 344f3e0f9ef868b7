using LoopBus.Coordinator.History;
using LoopBus.Coordinator.Intake;
using LoopBus.Coordinator.Registry;
using LoopBus.Persistence;
using LoopBus.Persistence.Retention;
using LoopBus.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace LoopBus.Coordinator.Tests.Stories;

public sealed class When_runs_are_old(DatabaseFixture database) : IClassFixture<DatabaseFixture>
{
    private static readonly DateTimeOffset Now = TimeProvider.System.GetUtcNow();

    [Fact]
    public async Task Should_remove_those_that_ended_with_all_that_is_theirs_and_keep_the_others()
    {
        using (var writer = Build(retention: false))
        {
            await writer.StartAsync();
            await Write(writer, ("old-1", Now.AddDays(-100)), ("old-2", Now.AddDays(-95)), ("old-3", Now.AddDays(-91)), ("fresh", Now.AddDays(-80)), ("waiting", null));
            await writer.StopAsync();
        }

        using var host = Build(retention: true);
        await host.StartAsync();

        await Eventually.True(
            async () => await Read(host, context => context.Runs.CountAsync()) == 2, TimeSpan.FromSeconds(20), "only two runs are left");
        (await Read(host, context => context.Runs.OrderBy(run => run.TaskId).Select(run => run.TaskId).ToListAsync())).ShouldBe(["fresh", "waiting"]);
        (await Read(host, context => context.History.OrderBy(entry => entry.TaskId).Select(entry => entry.TaskId).ToListAsync())).ShouldBe(["fresh", "waiting"]);
        (await Read(host, context => context.Tasks.OrderBy(task => task.TaskId).Select(task => task.TaskId).ToListAsync())).ShouldBe(["fresh", "waiting"]);
        await host.StopAsync();
    }

    private IHost Build(bool retention)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddInMemoryCollection(database.Settings).AddInMemoryCollection([new("LoopBus:Retention:BatchSize", "2")]);
        builder.AddPersistence<CoordinatorDbContext>("coordinator");
        if (retention)
            builder.AddRetention(1, OldRuns.Remove);
        return builder.Build();
    }

    private static async Task Write(IHost host, params (string Task, DateTimeOffset? Ended)[] runs) => await Read(host, async context =>
    {
        foreach (var (task, ended) in runs)
        {
            context.Add(new RunState { CorrelationId = Guid.NewGuid(), TaskId = task, CurrentState = "Completed", StartedAt = Now.AddDays(-120), EndedAt = ended });
            context.Add(new TaskEntry { TaskId = task, Trigger = "{}", TakenAt = Now.AddDays(-120) });
            context.Add(new HistoryEntry { TaskId = task, At = Now.AddDays(-120), Direction = "in", Performative = "request", Content = "run-loop", Payload = "{}" });
        }
        return await context.SaveChangesAsync();
    });

    private static async Task<T> Read<T>(IHost host, Func<CoordinatorDbContext, Task<T>> query)
    {
        await using var scope = host.Services.CreateAsyncScope();
        return await query(scope.ServiceProvider.GetRequiredService<CoordinatorDbContext>());
    }
}
