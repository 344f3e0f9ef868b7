using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using LoopBus.ModelServer;
using LoopBus.ModelServer.Scripts;
using LoopBus.Testing;
using RabbitMQ.Client;

namespace LoopBus.Acceptance.Tests.Stage;

/// <summary>
/// The whole system as an operator runs it: its own RabbitMQ and PostgreSQL, the five services as processes, repositories on disk.
/// Tests see it only from outside: queues, the API, the web pages, git.
/// </summary>
public sealed class LoopBusSystem : IAsyncLifetime, IAsyncDisposable
{
    internal const string FirstModel = "first-model";
    internal const string SpareModel = "spare-model";
    internal const string JudgeModel = "judge-model";

    /// <summary>Of its own loop, so that it may be down without the others.</summary>
    internal const string TriageModel = "triage-model";

    /// <summary>Looks at changes beside the rules; where a story does not say what it says, it fails.</summary>
    internal const string ReviewModel = "review-model";

    internal const string ApproverName = "ada";

    private readonly Installation installation;
    private string? approver;

    public LoopBusSystem()
        : this([])
    {
    }

    internal LoopBusSystem(params string[] servers) =>
        installation = new Installation(Repository.PathOf(".local", "acceptance", Guid.NewGuid().ToString("n")[..8]), servers);

    internal PrivateServers Servers => installation.Servers;

    /// <summary>What the models say; speaks as OpenAI and as Anthropic do.</summary>
    internal ModelHost Models { get; private set; } = null!;

    internal Chromium Chromium { get; } = new();

    internal HttpClient Api => installation.Api;

    internal string Repositories => installation.Repositories;

    internal string Files => installation.Files;

    internal string Logs => installation.Logs;

    internal IEnumerable<string> Secrets => installation.Secrets;

    internal Uri Web => One("Approval").Url;

    // The loops that come with LoopBus, and those that only tests need.
    public async Task InitializeAsync()
    {
        Models = await ModelHost.Start(Script.Of());
        Endpoint("first", "openai", FirstModel, fallback: "spare");
        Endpoint("spare", "anthropic", SpareModel);
        Endpoint("judge", "anthropic", JudgeModel);
        Endpoint("triage", "openai", TriageModel);
        Endpoint("review", "anthropic", ReviewModel);
        installation.Settings["LoopBus:Models:Loops:incident-triage:planner"] = "triage";
        installation.Settings["LoopBus:Models:Roles:reviewer"] = "review";
        installation.Settings["LoopBus:Models:Roles:planner"] = "first";
        installation.Settings["LoopBus:Models:Roles:judge"] = "judge";
        installation.Settings["LoopBus:Http:AllowedHosts:0"] = "127.0.0.1:*";
        installation.Settings["LoopBus:Http:AllowPrivate"] = "true";
        // A story of a segment is told whole however slow the machine is.
        installation.Settings["LoopBus:Coordinator:SegmentSeconds"] = "30";
        await installation.Start(Repository.PathOf("infra", "loops"), Repository.PathOf("tests", "Acceptance.Tests", "loops"));
    }

    public async Task DisposeAsync()
    {
        await installation.DisposeAsync();
        await Models.DisposeAsync();
        await Chromium.DisposeAsync();
    }

    async ValueTask IAsyncDisposable.DisposeAsync() => await DisposeAsync();

    /// <summary>The first copy of a service.</summary>
    internal ServiceProcess One(string service) => installation.One(service);

    /// <inheritdoc cref="Installation.Add"/>
    internal ServiceProcess Add(string service, params (string Key, string? Value)[] settings) => installation.Add(service, settings);

    internal void Remove(ServiceProcess service) => installation.Remove(service);

    internal Task UntilReady() => installation.UntilReady();

    /// <summary>What a story does at its end that kills parts of the system: where it failed between, the next story finds the system whole.</summary>
    internal Task Mend() => installation.Mend();

    /// <returns>The password of <see cref="ApproverName"/>, who is made once.</returns>
    internal async Task<string> Approver() => approver ??= await installation.CreateOperator(ApproverName);

    /// <summary>Publishes to the trigger queue as any client would, and waits for the broker's confirm.</summary>
    internal Task Publish(string json, BasicProperties? properties = null) => Publish(Encoding.UTF8.GetBytes(json), properties);

    internal async Task PublishAll(IEnumerable<string> triggers)
    {
        await using var connection = await Connect();
        await using var channel = await connection.CreateChannelAsync(new CreateChannelOptions(true, true));
        foreach (var trigger in triggers)
            await channel.BasicPublishAsync("", "trigger", mandatory: true, Encoding.UTF8.GetBytes(trigger));
    }

    internal async Task Publish(ReadOnlyMemory<byte> body, BasicProperties? properties = null)
    {
        await using var connection = await Connect();
        await using var channel = await connection.CreateChannelAsync(new CreateChannelOptions(true, true));
        await channel.BasicPublishAsync("", "trigger", mandatory: true, properties ?? new BasicProperties(), body);
    }

    internal Task<IConnection> Connect() => installation.Connect();

    /// <summary>A connection with the rights of one service.</summary>
    internal Task<IConnection> ConnectAs(string service) => installation.ConnectAs(service);

    /// <summary>A run as the API tells it, or null where there is none.</summary>
    internal async Task<JsonElement?> Run(string taskId)
    {
        using var answer = await Api.GetAsync(new Uri($"runs/{Uri.EscapeDataString(taskId)}", UriKind.Relative));
        if (answer.StatusCode == System.Net.HttpStatusCode.NotFound)
            return null;
        answer.EnsureSuccessStatusCode();
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }

    /// <summary>Waits until a run has a status, and returns the run; another end of the run fails at once.</summary>
    internal async Task<JsonElement> Until(string taskId, string status, TimeSpan? deadline = null)
    {
        var last = "unknown";
        var run = await Eventually.Value(
            async () =>
            {
                if (await Run(taskId) is not { } seen)
                    return null;
                last = seen.GetProperty("status").GetString()!;
                return last == status || IsEnded(seen) ? (object)seen : null;
            },
            deadline ?? TimeSpan.FromSeconds(60),
            () => $"run {taskId} is {status}; it is {last}");
        last.ShouldBe(status, $"run {taskId} ended otherwise: {run}");
        return (JsonElement)run;
    }

    internal async Task UntilEnded(string taskId) => await Eventually.True(
        async () => await Run(taskId) is { } run && IsEnded(run), TimeSpan.FromSeconds(60), $"run {taskId} has ended");

    /// <summary>kill -9 of every service, the broker and the database.</summary>
    internal async Task KillAll()
    {
        foreach (var service in installation.Services)
            await service.Kill();
        await Servers.KillBroker();
        await Servers.KillDatabase();
    }

    internal async Task StartAll()
    {
        await Servers.Start();
        foreach (var service in installation.Services)
            service.Start();
        await UntilReady();
    }

    private void Endpoint(string name, string kind, string model, string? fallback = null)
    {
        foreach (var (key, value) in Models.Endpoint(name, kind, model))
            installation.Settings[key] = value;
        foreach (var (key, value) in new Dictionary<string, string?>
        {
            ["Fallback"] = fallback, ["InputPrice"] = "1", ["OutputPrice"] = "2", ["Retries"] = "1", ["RetryDelaySeconds"] = "0.05",
        })
            installation.Settings[$"LoopBus:Models:Endpoints:{name}:{key}"] = value;
    }

    private static bool IsEnded(JsonElement run) => run.GetProperty("endedAt").ValueKind != JsonValueKind.Null;

    /// <summary>Waits until no queue of a service holds a message, ready or in hand.</summary>
    internal async Task UntilIdle() => await Eventually.True(
        async () =>
        {
            var queues = await Servers.Manage("queues/loopbus?columns=name,messages");
            return queues.EnumerateArray().All(queue =>
                queue.GetProperty("name").GetString() == "dead-letter" || queue.TryGetProperty("messages", out var count) && count.GetInt32() == 0);
        },
        TimeSpan.FromSeconds(60),
        "all queues are empty");
}
