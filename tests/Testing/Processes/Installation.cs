using System.Data.Common;
using System.Security.Cryptography;
using LoopBus.Testing.Databases;
using RabbitMQ.Client;

namespace LoopBus.Testing.Processes;

/// <summary>LoopBus as an operator installs it, in a folder of its own: a private RabbitMQ and PostgreSQL, and the five services as processes; options of the servers as infra/servers.sh takes them.</summary>
public sealed class Installation(string folder, params string[] servers) : IAsyncDisposable
{
    private static readonly string[] Names = ["Coordinator", "Planner", "Executor", "Critic", "Approval"];

    private readonly string apiKey = Guid.NewGuid().ToString("n");
    private readonly List<ServiceProcess> services = [];
    private HttpClient? api;

    public PrivateServers Servers { get; } = new(Path.Combine(folder, "servers"), servers);

    /// <summary>The database of the services, where it is not the private PostgreSQL; made at the start, and dropped at the end.</summary>
    public TestDatabase? Database { get; init; }

    /// <summary>What every service is told, secrets of one service apart; what is added before the start is for all.</summary>
    public Dictionary<string, string?> Settings { get; } = [];

    /// <summary>Changes what one copy of a service is told; what it changes later counts from that copy's next start.</summary>
    public Action<string, Dictionary<string, string?>>? Adjust { get; set; }

    /// <summary>Whether the logs of the services and the servers stay where they are; LOOPBUS_KEEP_LOGS=1 asks for it too.</summary>
    public bool KeepsLogs { get; set; } = Environment.GetEnvironmentVariable("LOOPBUS_KEEP_LOGS") is not null;

    public IReadOnlyList<ServiceProcess> Services => services;

    public HttpClient Api => api!;

    /// <summary>The folder of the services' logs.</summary>
    public string Logs => Path.Combine(folder, "logs");

    /// <summary>What no log may hold, each as it could stand there.</summary>
    public IEnumerable<string> Secrets =>
    [
        apiKey, Settings["LoopBus:Broker:Password"]!, .. Names.Select(PasswordOf),
        (string)new DbConnectionStringBuilder { ConnectionString = Settings["LoopBus:Database:ConnectionString"] }["Password"],
        Settings["LoopBus:Grants:SigningKey"]!.Split('\n')[1],
    ];

    public string Repositories => Path.Combine(folder, "repositories");

    public string Files => Path.Combine(folder, "files");

    /// <summary>Starts the servers and one copy of each service, with the loops of these folders, and waits until all are ready.</summary>
    public async Task Start(params string[] loops)
    {
        Directory.CreateDirectory(Repositories);
        Directory.CreateDirectory(Path.Combine(folder, "logs"));
        await Servers.Start();
        if (Database is not null)
            await Database.Create();
        Configure(loops);

        foreach (var service in Names)
            Add(service).Start();
        await UntilReady();
        await Servers.Sync();
        api = new HttpClient { BaseAddress = One("Coordinator").Url };
        api.DefaultRequestHeaders.Add("X-Api-Key", apiKey);
    }

    /// <summary>The first copy of a service.</summary>
    public ServiceProcess One(string service) => services.First(process => process.Service == service);

    /// <summary>One more copy of a service, not yet started; with settings that the others do not have.</summary>
    public ServiceProcess Add(string service, params (string Key, string? Value)[] settings)
    {
        var copy = services.Count(process => process.Service == service) + 1;
        var added = new ServiceProcess(service, Path.Combine(folder, "logs", $"{service}-{copy}.log"), SettingsOf(service, settings));
        services.Add(added);
        return added;
    }

    public void Remove(ServiceProcess service)
    {
        ArgumentNullException.ThrowIfNull(service);
        services.Remove(service);
        service.Dispose();
    }

    public async Task UntilReady()
    {
        foreach (var service in services)
            await service.UntilReady();
    }

    /// <summary>Removes the copies that were added, and starts what is dead of the rest.</summary>
    public async Task Mend()
    {
        foreach (var added in services.Where(service => service != One(service.Service)).ToArray())
            Remove(added);
        if (!Servers.AreRunning)
            await Servers.Start();
        foreach (var dead in services.Where(service => !service.IsRunning))
            dead.Start();
        await UntilReady();
    }

    public Task<IConnection> Connect() => new ConnectionFactory { Uri = Servers.Broker }.CreateConnectionAsync();

    /// <summary>A connection with the rights of one service.</summary>
    public Task<IConnection> ConnectAs(string service) => new ConnectionFactory
    {
        Uri = Servers.Broker, UserName = service.ToLowerInvariant(), Password = PasswordOf(service),
    }.CreateConnectionAsync();

    /// <summary>Makes an operator on the service's console, as the one who installs it does.</summary>
    /// <returns>The password, which may be used at once.</returns>
    public async Task<string> CreateOperator(string name, string role = "approver")
    {
        var said = await One("Approval").Verb("create-operator", name, "--role", role, "--reset");
        return said.Split('\n').Single(line => line.StartsWith("password: ", StringComparison.Ordinal))["password: ".Length..].Trim();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var service in services)
            service.Dispose();
        api?.Dispose();
        if (Database is not null && !KeepsLogs)
            await Database.Drop();
        await Servers.End(KeepsLogs);
        if (!KeepsLogs && Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
    }

    private void Configure(string[] loops)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        foreach (var (name, value) in Servers.Settings.Concat(Database?.Settings ?? new Dictionary<string, string?>()))
            Settings[name] = value;
        Settings["LoopBus:Loops:Directory"] = Linked(loops);
        Settings["LoopBus:Git:Roots:0"] = Repositories;
        Settings["LoopBus:Files:Root"] = Directory.CreateDirectory(Files).FullName;
        Settings["LoopBus:Grants:PublicKey"] = key.ExportSubjectPublicKeyInfoPem();
        Settings["LoopBus:Grants:SigningKey"] = key.ExportPkcs8PrivateKeyPem();
        Settings["LoopBus:Coordinator:ApiKeys:0"] = apiKey;
        Settings["LoopBus:Approval:SignInsPerMinute"] = "1000";
        Settings["LoopBus:Approval:PasswordRounds"] = "10000";
    }

    private string Linked(string[] loops)
    {
        var linked = Directory.CreateDirectory(Path.Combine(folder, "loops")).FullName;
        foreach (var loop in loops.SelectMany(Directory.EnumerateDirectories))
            Directory.CreateSymbolicLink(Path.Combine(linked, Path.GetFileName(loop)), loop);
        return linked;
    }

    private string PasswordOf(string service) => Servers[$"LOOPBUS_BROKER_PASSWORD_{service.ToUpperInvariant()}"];

    // Each service gets what it needs and no secret of another.
    private Dictionary<string, string?> SettingsOf(string service, (string Key, string? Value)[] more)
    {
        var told = Settings
            .Where(setting => setting.Key switch
            {
                "LoopBus:Grants:SigningKey" => service == "Approval",
                "LoopBus:Coordinator:ApiKeys:0" => service == "Coordinator",
                _ => true,
            })
            .ToDictionary(setting => setting.Key, setting => setting.Value);
        told["LoopBus:Broker:User"] = service.ToLowerInvariant();
        told["LoopBus:Broker:Password"] = PasswordOf(service);
        foreach (var (key, value) in more)
            told[key] = value;
        Adjust?.Invoke(service, told);
        return told;
    }
}
