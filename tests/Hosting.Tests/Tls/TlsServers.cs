using LoopBus.Testing;
using LoopBus.Testing.Processes;

namespace LoopBus.Hosting.Tests.Tls;

/// <summary>A broker that asks its clients for certificates, and a database, both with certificates of an authority that nobody else knows.</summary>
public sealed class TlsServers : IAsyncLifetime
{
    private readonly string folder = Repository.PathOf(".local", "tls", Guid.NewGuid().ToString("n")[..8]);
    private PrivateServers? servers;
    private Certificates? known;

    /// <summary>Another authority, of the same name.</summary>
    internal string StrangerCa { get; private set; } = "";

    internal PrivateServers Servers => servers!;

    /// <summary>What a service is told that trusts both and shows its own certificate.</summary>
    internal Dictionary<string, string?> Settings => new(Servers.Settings)
    {
        ["LoopBus:Broker:Port"] = Servers["LOOPBUS_TEST_BROKER_TLS_PORT"],
        ["LoopBus:Broker:Tls:Enabled"] = "true",
        ["LoopBus:Broker:Tls:CaFile"] = known!.PathOf("ca.pem"),
        ["LoopBus:Broker:Tls:ServerName"] = "broker.loopbus.test",
        ["LoopBus:Broker:Tls:CertificateFile"] = known.PathOf("service.pem"),
        ["LoopBus:Broker:Tls:KeyFile"] = known.PathOf("service.key"),
        ["LoopBus:Database:ConnectionString"] = Database(known.PathOf("ca.pem")),
    };

    internal string Database(string authority) => $"{Servers["LoopBus__Database__ConnectionString"]};SSL Mode=VerifyFull;Root Certificate={authority}";

    public async Task InitializeAsync()
    {
        using var stranger = new Certificates(Path.Combine(folder, "stranger"), "LoopBus test authority");
        StrangerCa = stranger.PathOf("ca.pem");
        known = new Certificates(Path.Combine(folder, "known"), "LoopBus test authority");
        known.Sign("server", "broker.loopbus.test");
        known.Sign("service", "executor");
        servers = new PrivateServers(Path.Combine(folder, "servers"), "--tls", Path.Combine(folder, "known"));
        await servers.Start();
    }

    public async Task DisposeAsync()
    {
        if (servers is not null)
            await servers.End(keep: false);
        known?.Dispose();
        Directory.Delete(folder, recursive: true);
    }
}
