using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using LoopBus.Testing;
using RabbitMQ.Client;

namespace LoopBus.Acceptance.Tests.Stage;

/// <summary>
/// The whole system as an operator runs it: its own RabbitMQ and PostgreSQL, the five services as processes, repositories on disk.
/// Tests see it only from outside: queues, the API, the web pages, git.
/// </summary>
public sealed class LoopBusSystem : IAsyncLifetime
{
    private readonly string folder = Repository.PathOf(".local", "acceptance", Guid.NewGuid().ToString("n")[..8]);
    private readonly string apiKey = Guid.NewGuid().ToString("n");
    private readonly List<ServiceProcess> services = [];
    private readonly Dictionary<string, string?> settings = [];
    private PrivateServers? servers;
    private HttpClient? api;

    internal PrivateServers Servers => servers!;

    internal HttpClient Api => api!;

    internal string Repositories => Path.Combine(folder, "repositories");

    internal string Files => Path.Combine(folder, "files");

    internal Uri Web => One("Approval").Url;

    public async Task InitializeAsync()
    {
        Directory.CreateDirectory(Repositories);
        Directory.CreateDirectory(Path.Combine(folder, "logs"));
        servers = new PrivateServers(Path.Combine(folder, "servers"));
        await servers.Start();
        Configure();

        foreach (var service in new[] { "Coordinator", "Planner", "Executor", "Critic", "Approval" })
            Add(service).Start();
        await UntilReady();
        await servers.Sync();
        api = new HttpClient { BaseAddress = One("Coordinator").Url };
        api.DefaultRequestHeaders.Add("X-Api-Key", apiKey);
    }

    public async Task DisposeAsync()
    {
        foreach (var service in services)
            service.Dispose();
        api?.Dispose();
        // LOOPBUS_KEEP_LOGS=1 leaves the logs of the services and the servers under .local/acceptance
        var keep = Environment.GetEnvironmentVariable("LOOPBUS_KEEP_LOGS") is not null;
        if (servers is not null)
            await servers.End(keep);
        if (!keep)
            Directory.Delete(folder, recursive: true);
    }

    /// <summary>The first copy of a service.</summary>
    internal ServiceProcess One(string service) => services.First(process => process.Service == service);

    /// <summary>One more copy of a service, not yet started; with a setting that the others do not have.</summary>
    internal ServiceProcess Add(string service, string? setting = null, string? value = null)
    {
        var copy = services.Count(process => process.Service == service) + 1;
        var added = new ServiceProcess(service, Path.Combine(folder, "logs", $"{service}-{copy}.log"), SettingsOf(service, setting, value));
        services.Add(added);
        return added;
    }

    internal void Remove(ServiceProcess service)
    {
        services.Remove(service);
        service.Dispose();
    }

    internal async Task UntilReady()
    {
        foreach (var service in services)
            await service.UntilReady();
    }

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

    internal Task<IConnection> Connect() =>
        new ConnectionFactory { Uri = new Uri(Servers["LOOPBUS_TEST_BROKER"]) }.CreateConnectionAsync();

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
        foreach (var service in services)
            await service.Kill();
        await Servers.KillBroker();
        await Servers.KillDatabase();
    }

    /// <summary>kill -9 of every service, and a new process for each.</summary>
    internal async Task RestartServices()
    {
        foreach (var service in services)
            await service.Kill();
        foreach (var service in services)
            service.Start();
        await UntilReady();
    }

    internal async Task StartAll()
    {
        await Servers.Start();
        foreach (var service in services)
            service.Start();
        await UntilReady();
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

    // The loops that come with LoopBus, and those that only tests need.
    private string Loops()
    {
        var loops = Directory.CreateDirectory(Path.Combine(folder, "loops")).FullName;
        foreach (var loop in Directory.EnumerateDirectories(Repository.PathOf("infra", "loops"))
            .Concat(Directory.EnumerateDirectories(Repository.PathOf("tests", "Acceptance.Tests", "loops"))))
            Directory.CreateSymbolicLink(Path.Combine(loops, Path.GetFileName(loop)), loop);
        return loops;
    }

    private void Configure()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        foreach (var (name, value) in Servers.Settings)
            settings[name] = value;
        settings["LoopBus:Loops:Directory"] = Loops();
        settings["LoopBus:Git:Roots:0"] = Repositories;
        settings["LoopBus:Files:Root"] = Directory.CreateDirectory(Files).FullName;
        settings["LoopBus:Grants:PublicKey"] = key.ExportSubjectPublicKeyInfoPem();
        settings["LoopBus:Grants:SigningKey"] = key.ExportPkcs8PrivateKeyPem();
        settings["LoopBus:Coordinator:ApiKeys:0"] = apiKey;
        settings["LoopBus:Approval:SignInsPerMinute"] = "1000";
    }

    // Each service gets what it needs and no secret of another.
    private Dictionary<string, string?> SettingsOf(string service, string? more, string? value) => settings
        .Concat(more is null ? [] : [KeyValuePair.Create(more, value)])
        .Where(setting => setting.Key switch
        {
            "LoopBus:Grants:SigningKey" => service == "Approval",
            "LoopBus:Coordinator:ApiKeys:0" => service == "Coordinator",
            _ => true,
        })
        .ToDictionary(setting => setting.Key, setting => setting.Value);
}
