using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using LoopBus.Contracts.Acts;
using LoopBus.Contracts.Approval;
using LoopBus.Hosting;
using LoopBus.Testing;
using MassTransit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace LoopBus.Coordinator.Tests.World;

/// <summary>The real coordinator on a real broker and database; the other services are roles that the test plays.</summary>
public class WorldFixture : IAsyncLifetime
{
    private readonly DirectoryInfo loops = Directory.CreateTempSubdirectory("loopbus-loops-");
    private WebApplicationFactory<Program>? coordinator;
    private WebApplication? world;

    public BrokerFixture Broker { get; } = new();

    public DatabaseFixture Database { get; } = new();

    internal Roles Roles { get; } = new();

    public HttpClient Http { get; private set; } = null!;

    public static TimeSpan Patience { get; } = TimeSpan.FromSeconds(30);

    public async Task InitializeAsync()
    {
        await Task.WhenAll(Broker.InitializeAsync(), Database.InitializeAsync());

        foreach (var (name, yaml) in LoopFiles.All)
        {
            var folder = loops.CreateSubdirectory(name);
            await File.WriteAllTextAsync(Path.Combine(folder.FullName, "loop.yaml"), yaml);
        }

        world = await StartWorld();
        coordinator = Coordinator();
        Http = coordinator.CreateClient();
        Http.DefaultRequestHeaders.Add("X-Api-Key", "test-key");
        await Eventually.True(async () => (await Http.GetAsync("/health/ready")).IsSuccessStatusCode, Patience, "the coordinator is ready");
    }

    public async Task DisposeAsync()
    {
        Http.Dispose();
        if (coordinator is not null)
            await coordinator.DisposeAsync();
        if (world is not null)
            await world.DisposeAsync();
        await Broker.DisposeAsync();
        await Database.DisposeAsync();
        loops.Delete(recursive: true);
    }

    /// <summary>Sets the coordinator's clock, by so many seconds off the right time.</summary>
    public Task SetClock(double seconds) => File.WriteAllTextAsync(Clock, seconds.ToString(CultureInfo.InvariantCulture));

    /// <summary>One more coordinator beside the first, once it is used.</summary>
    public WebApplicationFactory<Program> Coordinator() => new WebApplicationFactory<Program>().WithWebHostBuilder(host =>
    {
        foreach (var (key, value) in Settings())
            host.UseSetting(key, value);
        host.ConfigureTestServices(Adapt);
        host.ConfigureLogging(logging => logging.SetMinimumLevel(LogLevel.Warning));
    });

    public HttpClient Stranger() => coordinator!.CreateClient();

    public async Task<string> Begin(string loop, object? input = null, string? taskId = null, int? maxIterations = null)
    {
        taskId ??= $"{loop}-{Guid.NewGuid():n}";
        var answer = await Http.PostAsJsonAsync("/runs", new { taskId, taskType = loop, input = input ?? new { }, triggeredBy = "test", maxIterations });
        answer.EnsureSuccessStatusCode();

        return taskId;
    }

    public async Task<JsonElement> Run(string taskId) => await Http.GetFromJsonAsync<JsonElement>($"/runs/{taskId}");

    public async Task<string> Status(string taskId) => (await Run(taskId)).GetProperty("status").GetString()!;

    public async Task<JsonElement> Until(string taskId, string status)
    {
        var last = default(JsonElement);
        await Eventually.True(
            async () => (last = await Run(taskId)).GetProperty("status").GetString() == status,
            Patience,
            $"run {taskId} is {status}");

        return last;
    }

    public async Task Say<T>(T act, AclParameters acl)
        where T : class
    {
        await using var scope = world!.Services.CreateAsyncScope();
        await world.Services.GetRequiredService<IBus>().Say(act, acl);
    }

    /// <summary>Asks as another service does that waits for the answer.</summary>
    public async Task<TAnswer> Ask<TQuestion, TAnswer>(TQuestion question)
        where TQuestion : class
        where TAnswer : class
    {
        var (bus, queue, answer) = (world!.Services.GetRequiredService<IBusControl>(), $"asking-{Guid.NewGuid():n}", new TaskCompletionSource<TAnswer>());
        var asking = bus.ConnectReceiveEndpoint(queue, endpoint =>
        {
            endpoint.ConfigureConsumeTopology = false;
            endpoint.Handler<TAnswer>(heard =>
            {
                answer.TrySetResult(heard.Message);
                return Task.CompletedTask;
            });
        });
        await asking.Ready.WaitAsync(Patience);
        await bus.Publish(question, message => message.ResponseAddress = new Uri(bus.Address, queue));

        return await answer.Task.WaitAsync(Patience);
    }

    public Task Accept(Asked<GatedAction> asked, string by = "ada") => Say(
        new AcceptProposal<GatedAction>(asked.Content with
        {
            Grant = new Grant(asked.Content.TaskId, asked.Content.StepId, asked.Content.ActionHash, [by], DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(100), "unsigned"),
        }),
        asked.Answer);

    public Task Reject(Asked<GatedAction> asked, string comment = "not today") =>
        Say(new RejectProposal<GatedAction>(asked.Content, new Reason("rejected", comment)), asked.Answer);

    /// <summary>What the coordinator is told beside what every test needs.</summary>
    private protected virtual IReadOnlyDictionary<string, string?> More { get; } = new Dictionary<string, string?>();

    /// <summary>What the coordinator has beside what every test needs.</summary>
    private protected virtual void Adapt(IServiceCollection services)
    {
    }

    private string Clock => Path.Combine(loops.FullName, "clock");

    private Dictionary<string, string?> Settings()
    {
        var settings = new Dictionary<string, string?>(Broker.Settings.Concat(Database.Settings))
        {
            ["LoopBus:Loops:Directory"] = loops.FullName,
            ["LoopBus:Coordinator:ApiKeys:0"] = "test-key",
            ["LoopBus:Coordinator:StepGraceSeconds"] = "2",
            ["LoopBus:Coordinator:UndoAttempts"] = "2",
            ["LoopBus:ClockOffsetFile"] = Clock,
        };
        foreach (var (key, value) in More)
            settings[key] = value;

        return settings;
    }

    private async Task<WebApplication> StartWorld()
    {
        var builder = ServiceHost.CreateBuilder([], "world", 0);
        builder.Configuration.AddInMemoryCollection(Broker.Settings);
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.Services.AddSingleton(Roles);
        builder.AddServiceBus(
            bus =>
            {
                bus.AddConsumer<PlannerRole, PlannerRoleDefinition>();
                bus.AddConsumer<ExecutorRole, ExecutorRoleDefinition>();
                bus.AddConsumer<CriticRole, CriticRoleDefinition>();
                bus.AddConsumer<ApprovalRole, ApprovalRoleDefinition>();
            },
            (_, _) => { });
        var app = builder.Build();
        await app.StartAsync();

        return app;
    }
}
