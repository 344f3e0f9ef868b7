using LoopBus.Models;
using LoopBus.ModelServer;
using LoopBus.ModelServer.Scripts;
using LoopBus.Planner.Tests.Bus;
using LoopBus.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace LoopBus.Planner.Tests.Models;

/// <summary>A planner as it runs, on a real broker and database, whose models are a scripted server that its real clients call.</summary>
public sealed class ModelFixture : IAsyncLifetime
{
    private readonly BrokerFixture broker = new();
    private readonly DatabaseFixture database = new();
    private readonly List<PlannerApp> apps = [];
    private int endpoints;

    /// <summary>Speaks as OpenAI does.</summary>
    public ModelHost Server { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        await Task.WhenAll(broker.InitializeAsync(), database.InitializeAsync());
        Server = await ModelHost.Start(Script.Of());
    }

    public async Task DisposeAsync()
    {
        foreach (var app in apps)
            await app.DisposeAsync();
        await Server.DisposeAsync();
        await broker.DisposeAsync();
        await database.DisposeAsync();
    }

    /// <summary>A model that nobody else asks, so that no test sees another's calls.</summary>
    public string NewModel() => $"model-{Interlocked.Increment(ref endpoints)}";

    public Task<object?> Scalar(string sql) => database.Scalar(sql);

    /// <summary>A planner whose endpoint <c>main</c> is this model; more settings below LoopBus:Models:Endpoints.</summary>
    internal PlannerApp Start(string model, string kind = "openai", params (string Key, string Value)[] more) =>
        Start(model, kind, more.Select(setting => new KeyValuePair<string, string?>($"LoopBus:Models:Endpoints:{setting.Key}", setting.Value)));

    /// <summary>A planner with a second model, that sums up.</summary>
    internal PlannerApp StartWithSummarizer(string model, string summarizer, int retries = 0) => StartWith(model, "summarizer", summarizer, retries);

    /// <summary>A planner with a second model, in another role.</summary>
    internal PlannerApp StartWith(string model, string role, string second, int retries = 0) => Start(
        model,
        "openai",
        [.. Endpoint("second", "openai", second), new("LoopBus:Models:Endpoints:second:Retries", $"{retries}"), new($"LoopBus:Models:Roles:{role}", "second")]);

    /// <summary>
    /// A planner with a second model, that makes texts into vectors, but for the loop <c>away</c>, whose model of vectors never answers. For the loop <c>unpriced</c> nobody knows its price.
    /// </summary>
    internal PlannerApp StartWithEmbeddings(string embeddings, string away) => Start(
        NewModel(),
        "openai",
        [
            .. Endpoint("near", "openai", embeddings), new("LoopBus:Models:Roles:embedding", "near"),
            .. Endpoint("gone", "openai", away), new("LoopBus:Models:Endpoints:gone:Retries", "0"), new("LoopBus:Models:Loops:away:embedding", "gone"),
            .. Server.Endpoint("unpriced", "openai", embeddings), new("LoopBus:Models:Loops:unpriced:embedding", "unpriced"),
        ]);

    internal PlannerApp StartWithApi(string key, params (string Tenant, string Key)[] tenants) => Start(
        NewModel(), "openai", [new("LoopBus:Planner:ApiKeys:0", key), .. tenants.Select(one => new KeyValuePair<string, string?>($"LoopBus:Planner:Tenants:{one.Tenant}:ApiKeys:0", one.Key))]);

    private PlannerApp Start(string model, string kind, IEnumerable<KeyValuePair<string, string?>> more)
    {
        var app = new PlannerApp([.. broker.Settings, .. database.Settings, .. Endpoint("main", kind, model), new("LoopBus:Models:Roles:planner", "main"), .. more]);
        _ = app.Server;
        apps.Add(app);

        return app;
    }

    public IEnumerable<KeyValuePair<string, string?>> Endpoint(string name, string kind, string model) =>
    [
        .. Server.Endpoint(name, kind, model),
        new($"LoopBus:Models:Endpoints:{name}:InputPrice", "1000"),
        new($"LoopBus:Models:Endpoints:{name}:OutputPrice", "2000"),
        new($"LoopBus:Models:Endpoints:{name}:TimeoutSeconds", "20"),
        new($"LoopBus:Models:Endpoints:{name}:RetryDelaySeconds", "0.01"),
    ];

    /// <summary>What a model says, in order, the last again and again.</summary>
    public void Says(string model, params IReadOnlyList<Reply> replies) => Server.Add(new Rule { When = new When { Model = model }, Then = replies });

    public void Misbehaves(string model, string how, params IReadOnlyList<Reply> replies) =>
        Server.Add(new Rule { When = new When { Model = model }, Then = replies, Misbehaviour = how });

    /// <summary>What a model was asked last, its first message.</summary>
    public string Prompt(string model) => Server.Journal.Calls.Last(call => call.Model == model).Messages[0].Text;

    public int Calls(string model) => Server.Journal.Calls.Count(call => call.Model == model);

    /// <summary>Waits until so many calls are under way.</summary>
    public Task Under(string model, int calls) => Eventually.True(() => Task.FromResult(Calls(model) >= calls), TimeSpan.FromSeconds(20), $"{calls} calls of {model}");

    internal static async Task<ModelAnswer> Ask(PlannerApp app, ModelQuestion question, CancellationToken cancellationToken = default)
    {
        await using var scope = app.Services.CreateAsyncScope();

        return await scope.ServiceProvider.GetRequiredService<ModelDesk>().Ask(question, cancellationToken);
    }
}
