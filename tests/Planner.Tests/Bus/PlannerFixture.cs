using System.Collections.Concurrent;
using LoopBus.Contracts.Acts;
using LoopBus.Contracts.Planning;
using LoopBus.Hosting;
using LoopBus.Testing;
using MassTransit;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace LoopBus.Planner.Tests.Bus;

/// <summary>A real broker and database, two planners as they run, and one who asks them and hears their answers.</summary>
public sealed class PlannerFixture : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly BrokerFixture broker = new();
    private readonly ConcurrentQueue<Answer> heard = new();
    private readonly List<PlannerApp> planners = [];
    private WebApplication asker = null!;

    public DatabaseFixture Database { get; } = new();

    public async Task InitializeAsync()
    {
        await Task.WhenAll(broker.InitializeAsync(), Database.InitializeAsync());
        var builder = ServiceHost.CreateBuilder(["--urls", "http://127.0.0.1:0"], "coordinator", 0);
        builder.Configuration.AddInMemoryCollection(broker.Settings);
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.Services.AddSingleton(heard);
        builder.AddServiceBus(consumers => consumers.AddConsumer<Listener, ListenerDefinition>(), (_, _) => { });
        asker = builder.Build();
        await asker.StartAsync();

        for (var i = 0; i < 2; i++)
        {
            planners.Add(new PlannerApp([.. broker.Settings, .. Database.Settings]));
            _ = planners[i].Server;
        }
    }

    public async Task DisposeAsync()
    {
        foreach (var planner in planners)
            await planner.DisposeAsync();

        await asker.DisposeAsync();
        await broker.DisposeAsync();
        await Database.DisposeAsync();
    }

    public Task Say<T>(T act, AclParameters? acl = null)
        where T : class =>
        asker.Services.GetRequiredService<IBus>().Say(act, acl ?? new AclParameters { ConversationId = Guid.NewGuid(), Protocol = Protocols.Planning, ReplyWith = "plan" });

    public Task Ask(MakePlan asked) => Say(new Request<MakePlan>(asked));

    /// <summary>Waits until so many answers about a task are heard.</summary>
    public Task<List<Answer>> Answers(string taskId, int count) => Eventually.Value(
        () => Task.FromResult(heard.Where(answer => answer.TaskId == taskId).ToList() is var answers && answers.Count >= count ? answers : null),
        Patience,
        $"{count} answers about {taskId}");

    /// <summary>Waits until the journal says so of a plan.</summary>
    public Task Kept(string taskId, string column, object expected) => Eventually.True(
        async () => Equals(await Database.Scalar($"select {column} from planner.plans where task_id = '{taskId}'"), expected),
        Patience,
        $"{column} of {taskId} is {expected}");
}
