using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace LoopBus.Testing.Processes;

/// <summary>A broker and a database that no one else uses, so that a test may kill them; options as infra/servers.sh takes them.</summary>
public sealed class PrivateServers(string directory, params string[] options)
{
    private static readonly HttpClient Http = new() { Timeout = TimeSpan.FromSeconds(10) };
    private Dictionary<string, string> values = [];

    public string this[string name] => values[name];

    /// <summary>The node of the broker that the test itself talks to.</summary>
    public int Node { get; set; } = 1;

    /// <summary>Where that node answers, with user and password.</summary>
    public Uri Broker => values.TryGetValue($"LoopBus__Broker__Nodes__{Node - 1}", out var node)
        ? new Uri($"amqp://loopbus:{values["LoopBus__Broker__Password"]}@{node}/loopbus")
        : new Uri(values["LOOPBUS_TEST_BROKER"]);

    public async Task Start()
    {
        await Shell.Run(Repository.PathOf("infra", "servers.sh"), ["start", directory, .. options]);
        values = File.ReadLines(Path.Combine(directory, "servers.env"))
            .Select(line => line.Split('=', 2))
            .ToDictionary(pair => pair[0], pair => pair[1].Trim('\''));
    }

    public IReadOnlyDictionary<string, string?> Settings =>
        values.Where(pair => pair.Key.StartsWith("LoopBus__", StringComparison.Ordinal))
            .ToDictionary(pair => pair.Key.Replace("__", ":", StringComparison.Ordinal), pair => (string?)pair.Value);

    /// <summary>Asks the broker's management API: a POST where there is content, else a GET.</summary>
    public async Task<JsonElement> Manage(string path, object? content = null)
    {
        var uri = new Uri($"{values.GetValueOrDefault($"LOOPBUS_TEST_BROKER_MANAGEMENT_{Node}", values["LOOPBUS_TEST_BROKER_MANAGEMENT"])}/api/{path}");
        using var request = new HttpRequestMessage(content is null ? HttpMethod.Get : HttpMethod.Post, uri);
        request.Headers.Authorization = new AuthenticationHeaderValue(
            "Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"loopbus:{values["LoopBus__Broker__Password"]}")));
        if (content is not null)
            request.Content = JsonContent.Create(content);
        using var answer = await Http.SendAsync(request);
        answer.EnsureSuccessStatusCode();
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }

    /// <summary>Has the broker write down its new queues: one that a kill -9 meets earlier does not come back.</summary>
    public Task Sync() => Shell.Run(Repository.PathOf("infra", "servers.sh"), "sync", directory);

    public int BrokerProcess => ProcessIn(Path.Combine(directory, "rabbitmq", "pid"));

    /// <summary>The database's first process, whose children serve the connections.</summary>
    public int DatabaseProcess => ProcessIn(Path.Combine(directory, "postgres", "data", "postmaster.pid"));

    public bool AreRunning => IsAlive(BrokerProcess) && IsAlive(DatabaseProcess);

    /// <summary>kill -9 of the broker; <see cref="Start"/> brings it back with the data it had.</summary>
    public Task KillBroker() => Kill(BrokerProcess);

    /// <summary>kill -9 of one node of the broker, numbered from 1.</summary>
    public Task KillNode(int node) => Kill(ProcessIn(Path.Combine(directory, node == 1 ? "rabbitmq" : $"rabbitmq-{node}", "pid")));

    /// <summary>kill -9 of the database's first process; the others leave when they see it gone.</summary>
    public Task KillDatabase() => Kill(DatabaseProcess);

    public async Task End(bool keep)
    {
        if (Directory.Exists(directory))
            await Shell.Run(Repository.PathOf("infra", "servers.sh"), keep ? "stop" : "remove", directory);
    }

    private static int ProcessIn(string pidFile) => int.Parse(File.ReadLines(pidFile).First(), CultureInfo.InvariantCulture);

    private static bool IsAlive(int process) => Directory.Exists($"/proc/{process}");

    private static async Task Kill(int process)
    {
        await Shell.Run("kill", "-KILL", $"{process}");
        await Eventually.True(() => !IsAlive(process), TimeSpan.FromSeconds(20), $"process {process} is gone");
    }
}
