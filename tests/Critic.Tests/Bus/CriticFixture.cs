using System.Collections.Concurrent;
using LoopBus.Contracts.Acts;
using LoopBus.Contracts.Critique;
using LoopBus.Hosting;
using LoopBus.Testing;
using LoopBus.Testing.Git;
using MassTransit;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace LoopBus.Critic.Tests.Bus;

/// <summary>A real broker, database and repository, the critic as it runs, and one who asks it and hears its answers.</summary>
public sealed class CriticFixture : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly BrokerFixture broker = new();
    private readonly ConcurrentQueue<Answer> heard = new();
    private CriticApp critic = null!;
    private WebApplication asker = null!;

    public DatabaseFixture Database { get; } = new();

    public ScratchRepository Scratch { get; } = new();

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
        Start();
    }

    public async Task DisposeAsync()
    {
        await critic.DisposeAsync();
        await asker.DisposeAsync();
        await broker.DisposeAsync();
        await Database.DisposeAsync();
        Scratch.Dispose();
    }

    /// <summary>The critic again, with other settings.</summary>
    public async Task Restart(params (string Key, string Value)[] settings)
    {
        await critic.DisposeAsync();
        Start(settings);
    }

    public Task Say(ResultHolds asked, AclParameters? acl = null) => asker.Services.GetRequiredService<IBus>()
        .Say(new QueryIf<ResultHolds>(asked), acl ?? new AclParameters { ConversationId = Guid.NewGuid(), Protocol = Protocols.Query, ReplyWith = "holds" });

    /// <summary>Asks, and waits for the next answer about that task.</summary>
    public async Task<Answer> Ask(ResultHolds asked)
    {
        var before = heard.Count(answer => answer.TaskId == asked.TaskId);
        await Say(asked);

        return (await Answers(asked.TaskId, before + 1))[before];
    }

    /// <summary>Waits until so many answers about a task are heard.</summary>
    public Task<List<Answer>> Answers(string taskId, int count) => Eventually.Value(
        () => Task.FromResult(heard.Where(answer => answer.TaskId == taskId).ToList() is var answers && answers.Count >= count ? answers : null),
        Patience,
        $"{count} answers about {taskId}");

    private void Start(params (string Key, string Value)[] settings)
    {
        critic = new CriticApp(
        [
            .. broker.Settings,
            .. Database.Settings,
            KeyValuePair.Create("LoopBus:Git:Roots:0", (string?)Scratch.Root),
            .. settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value)),
        ]);
        _ = critic.Server;
    }
}
