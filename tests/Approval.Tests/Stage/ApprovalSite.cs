using System.Security.Cryptography;
using LoopBus.Approval.Operators;
using LoopBus.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace LoopBus.Approval.Tests.Stage;

/// <summary>The service as it runs, on a port of its own, with a real broker and a real database.</summary>
public sealed class ApprovalSite : IAsyncLifetime
{
    private readonly ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private WebApplication? app;

    public BrokerFixture Broker { get; } = new();

    public DatabaseFixture Database { get; } = new();

    public Uri Address { get; private set; } = new("http://127.0.0.1");

    public string PublicKey => key.ExportSubjectPublicKeyInfoPem();

    internal Asker Asker { get; private set; } = null!;

    internal IServiceProvider Services => app!.Services;

    public async Task InitializeAsync()
    {
        await Task.WhenAll(Broker.InitializeAsync(), Database.InitializeAsync());
        app = Build();
        await app.StartAsync();
        Address = new Uri(app.Urls.First());
        Asker = await Asker.Start(Broker);
    }

    public async Task DisposeAsync()
    {
        await Asker.DisposeAsync();
        await app!.StopAsync();
        await app.DisposeAsync();
        await Broker.DisposeAsync();
        await Database.DisposeAsync();
        key.Dispose();
    }

    /// <summary>Another copy of the service beside the first, or one with other settings.</summary>
    public WebApplication Build(params string[] more) => Program.Build([
        "--applicationName=LoopBus.Approval",
        "--urls=http://127.0.0.1:0",
        "--LoopBus:Approval:SignInsPerMinute=10000",
        "--LoopBus:Approval:PasswordRounds=10000",
        $"--LoopBus:Grants:SigningKey={key.ExportPkcs8PrivateKeyPem()}",
        .. Broker.Settings.Concat(Database.Settings).Select(setting => $"--{setting.Key}={setting.Value}"),
        .. more,
    ]);

    /// <summary>Makes an operator with a name of its own.</summary>
    internal async Task<Person> Operator(string role = Roles.Approver, bool oneTime = false)
    {
        await using var scope = Services.CreateAsyncScope();
        var keeper = scope.ServiceProvider.GetRequiredService<OperatorKeeper>();
        var result = await keeper.Create($"{role}-{Guid.NewGuid():n}"[..20], role, oneTime, "test");
        return new Person(result.Name!, result.Password!);
    }

    internal async Task<Browsing> SignedIn(string role = Roles.Approver)
    {
        var browsing = new Browsing(Address);
        (await browsing.SignIn(await Operator(role))).EnsureRedirect();
        return browsing;
    }
}
