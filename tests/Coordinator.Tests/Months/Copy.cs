using LoopBus.Coordinator.History;
using LoopBus.Coordinator.Intake;
using LoopBus.Persistence;
using LoopBus.Persistence.Retention;
using LoopBus.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace LoopBus.Coordinator.Tests.Months;

/// <summary>What a copy of the coordinator has to do with its history, at a time of the test's choice; its retention runs when it is told to.</summary>
internal sealed class Copy : IAsyncDisposable
{
    private readonly IHost host;

    private Copy(IHost host) => this.host = host;

    /// <summary>One that has not started: it migrates nothing by itself.</summary>
    public static Copy Idle(DatabaseFixture database, TimeProvider time)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddInMemoryCollection(database.Settings);
        builder.Services.AddSingleton(time);
        builder.AddPersistence<CoordinatorDbContext>("coordinator");
        builder.Services.AddHostedService<MonthsAhead>();

        return new Copy(builder.Build());
    }

    public static async Task<Copy> Start(DatabaseFixture database, TimeProvider time)
    {
        var copy = Idle(database, time);
        await copy.host.StartAsync();

        return copy;
    }

    /// <summary>Writes acts as messages do: appended by row, many with one statement.</summary>
    public async Task Write(params (string Task, DateTimeOffset At)[] acts)
    {
        var written = await host.Services.GetRequiredService<IRows>().Commit(
            rows =>
            {
                foreach (var (task, at) in acts)
                    rows.Append(new HistoryEntry { TaskId = task, At = at, Direction = "in", Performative = "inform", Content = "step-result", Payload = "{}" });
            },
            CancellationToken.None);
        written.ShouldBeTrue();
    }

    /// <summary>Keeps a run with one act at its beginning, and one at its end if it has ended.</summary>
    public async Task Run(string task, DateTimeOffset began, DateTimeOffset? ended = null)
    {
        await Ask(async database =>
        {
            database.Add(new RunState { CorrelationId = Guid.NewGuid(), TaskId = task, CurrentState = "Completed", StartedAt = began, EndedAt = ended });
            database.Add(Taken(task, began));
            return await database.SaveChangesAsync();
        });
        await Write(ended is { } end ? [(task, began), (task, end)] : [(task, began)]);
    }

    /// <summary>Takes a task, whose run has yet to begin.</summary>
    public async Task Take(string task, DateTimeOffset at)
    {
        await Ask(async database =>
        {
            database.Add(Taken(task, at));
            return await database.SaveChangesAsync();
        });
        await Write((task, at));
    }

    public Task<IReadOnlyList<HistoryMonth>> Months() => Ask(database => new HistoryMonths(database).All(CancellationToken.None));

    public async Task<T> Ask<T>(Func<CoordinatorDbContext, Task<T>> question)
    {
        await using var scope = host.Services.CreateAsyncScope();
        return await question(scope.ServiceProvider.GetRequiredService<CoordinatorDbContext>());
    }

    public async Task<int> Retain(RetentionRule rule, DateTimeOffset before, int limit = 100)
    {
        await using var scope = host.Services.CreateAsyncScope();
        return await rule(scope.ServiceProvider, before, limit, CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        await host.StopAsync();
        host.Dispose();
    }

    private static TaskEntry Taken(string task, DateTimeOffset at) => new() { TaskId = task, Trigger = "{}", TakenAt = at };
}
