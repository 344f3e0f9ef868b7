using LoopBus.Critic.Tests.Bus;
using LoopBus.ModelServer;
using LoopBus.ModelServer.Scripts;
using LoopBus.Testing;

namespace LoopBus.Critic.Tests.Models;

/// <summary>The critic as it runs, on a real broker and database, whose judge is a scripted server that its real client calls.</summary>
public sealed class JudgeFixture : IAsyncLifetime
{
    private readonly BrokerFixture broker = new();
    private readonly DatabaseFixture database = new();

    public ModelHost Server { get; private set; } = null!;

    internal CriticApp Critic { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        await Task.WhenAll(broker.InitializeAsync(), database.InitializeAsync());
        Server = await ModelHost.Start(Script.Of());
        Critic = Start();
    }

    public async Task DisposeAsync()
    {
        await Critic.DisposeAsync();
        await Server.DisposeAsync();
        await broker.DisposeAsync();
        await database.DisposeAsync();
    }

    internal CriticApp Start(params (string Key, string Value)[] more)
    {
        var app = new CriticApp([
            .. broker.Settings, .. database.Settings,
            .. Server.Endpoint("judge", "anthropic", "judge-1"),
            new("LoopBus:Models:Endpoints:judge:Retries", "0"),
            new("LoopBus:Models:Roles:judge", "judge"),
            .. more.Select(setting => new KeyValuePair<string, string?>(setting.Key, setting.Value)),
        ]);
        _ = app.Server;

        return app;
    }
}
