using System.Collections.Concurrent;
using System.Data.Common;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using LoopBus.Chaos.Machine;
using LoopBus.Chaos.Wire;
using LoopBus.Testing;
using LoopBus.Testing.Databases;
using LoopBus.Testing.Processes;

namespace LoopBus.Chaos;

/// <summary>LoopBus on a private stack, every copy of a service behind proxies of its own, and what the storm asks it.</summary>
internal sealed class Stack : IAsyncDisposable
{
    private static readonly string[] Doubled = ["Coordinator", "Executor"];

    private readonly Installation installation;
    private readonly List<Member> members = [];

    private readonly TimeProvider time;
    private readonly string clock;

    private Stack(string folder, TimeProvider time)
    {
        this.time = time;
        clock = Path.Combine(folder, "clock");
        installation = new Installation(Path.Combine(folder, "stack")) { Database = TestDatabase.IsOnSqlServer ? new TestDatabase() : null };
        Disk = new Disk(installation.Servers, Path.Combine(folder, "stack", "servers", "postgres"));
    }

    /// <summary>What the database keeps its files on.</summary>
    public Disk Disk { get; }

    public Installation Installation => installation;

    public PrivateServers Servers => installation.Servers;

    public IReadOnlyList<Member> Members => members;

    /// <summary>When the clock of the services was set.</summary>
    public ConcurrentQueue<DateTimeOffset> ClockSets { get; } = new();

    public static async Task<Stack> Start(string folder, TimeProvider time)
    {
        var stack = new Stack(folder, time);
        stack.installation.Adjust = stack.Adjust;
        stack.installation.Settings["LoopBus:Http:AllowedHosts:0"] = "127.0.0.1:*";
        stack.installation.Settings["LoopBus:ClockOffsetFile"] = stack.clock;
        stack.installation.Settings["LoopBus:Http:AllowPrivate"] = "true";
        stack.installation.Settings["LoopBus:Coordinator:StepGraceSeconds"] = "15";
        stack.installation.Settings["LoopBus:Coordinator:PlanReplySeconds"] = "20";
        stack.installation.Settings["LoopBus:Coordinator:CritiqueReplySeconds"] = "20";
        try
        {
            if (!TestDatabase.IsOnSqlServer)
                await stack.Disk.Mount();
            await stack.installation.Start(Repository.PathOf("tests", "Chaos", "loops"));
            // One coordinator asks the planner for each run, the other once.
            stack.installation.Settings["LoopBus:Coordinator:RememberScripts"] = "true";
            foreach (var service in Doubled)
                stack.installation.Add(service).Start();
            await stack.installation.UntilReady();
            stack.Join();
            return stack;
        }
        catch
        {
            await stack.DisposeAsync();
            throw;
        }
    }

    /// <summary>A run as the API tells it, or null where there is none.</summary>
    public async Task<JsonElement?> Run(string task)
    {
        using var answer = await installation.Api.GetAsync(new Uri($"runs/{task}", UriKind.Relative));
        return answer.StatusCode == HttpStatusCode.NotFound ? null : await (answer.EnsureSuccessStatusCode()).Content.ReadFromJsonAsync<JsonElement>();
    }

    public async Task<IReadOnlyList<JsonElement>> History(string task)
    {
        var acts = new List<JsonElement>();
        for (long? after = 0; after is not null;)
        {
            var page = await installation.Api.GetFromJsonAsync<JsonElement>(new Uri($"runs/{task}/history?after={after}&limit=1000", UriKind.Relative));
            acts.AddRange(page.GetProperty("acts").EnumerateArray());
            after = page.GetProperty("next").ValueKind == JsonValueKind.Number ? page.GetProperty("next").GetInt64() : null;
        }

        return acts;
    }

    /// <summary>Sets the clock of all services, so far from the true one.</summary>
    public void SetClock(TimeSpan offset)
    {
        File.WriteAllText($"{clock}.new", offset.TotalSeconds.ToString(CultureInfo.InvariantCulture));
        File.Move($"{clock}.new", clock, overwrite: true);
        ClockSets.Enqueue(time.GetUtcNow());
    }

    /// <summary>A connection to the database that goes around the proxies.</summary>
    public DbDataSource Database() => TestDatabase.Connect(installation.Settings["LoopBus:Database:ConnectionString"]!);

    public async ValueTask DisposeAsync()
    {
        foreach (var member in members)
            await member.Leave();
        foreach (var service in installation.Services)
            service.Dispose();
        await Disk.Unmount();
        await installation.DisposeAsync();
        foreach (var member in members)
            member.Dispose();
    }

    private void Adjust(string service, Dictionary<string, string?> settings)
    {
        var broker = new Proxy("127.0.0.1", int.Parse(installation.Servers["LoopBus__Broker__Port"]), time);
        var connection = installation.Settings["LoopBus:Database:ConnectionString"]!;
        var (host, port) = TestDatabase.AddressOf(connection);
        var database = new Proxy(host, port, time);
        settings["LoopBus:Broker:Port"] = $"{broker.Port}";
        settings["LoopBus:Database:ConnectionString"] = TestDatabase.Through(connection, database.Port);
        members.Add(new Member(service, settings, broker, database));
    }

    private void Join()
    {
        foreach (var (member, process) in members.Zip(installation.Services))
            member.Watch(process);
    }
}
