using LoopBus.ModelServer.Calls;
using LoopBus.ModelServer.Scripts;
using LoopBus.ModelServer.Wire;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace LoopBus.ModelServer;

/// <summary>A model server in this process, on a port of its own, that answers from a script.</summary>
public sealed class ModelHost : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly Stage stage;

    private ModelHost(WebApplication app, Stage stage, string key) => (this.app, this.stage, Key) = (app, stage, key);

    /// <summary>The address of the server: what the Anthropic SDK takes as its base URL.</summary>
    public Uri Address => new(app.Urls.First());

    /// <summary>What the OpenAI SDK takes as its endpoint.</summary>
    public Uri OpenAiEndpoint => new(Address, "v1");

    /// <summary>A key that is good for both APIs.</summary>
    public string Key { get; }

    /// <summary>What a service is told of this server as an endpoint of the name; the kind is openai or anthropic.</summary>
    public Dictionary<string, string?> Endpoint(string name, string kind, string model) => new()
    {
        [$"LoopBus:Models:Endpoints:{name}:Kind"] = kind,
        [$"LoopBus:Models:Endpoints:{name}:Address"] = (kind == "openai" ? OpenAiEndpoint : Address).ToString(),
        [$"LoopBus:Models:Endpoints:{name}:Model"] = model,
        [$"LoopBus:Models:Endpoints:{name}:ApiKey"] = Key,
    };

    /// <summary>Every call so far, in order.</summary>
    public Journal Journal => stage.Journal;

    public static Task<ModelHost> Start(string script, ModelHostOptions? options = null) => Start(Scripts.Script.Parse(script), options);

    /// <summary>Starts a server and returns when it listens.</summary>
    /// <exception cref="InvalidDataException">The script cannot be played or the address is not of the loopback interface; the message says where and why.</exception>
    public static async Task<ModelHost> Start(Script script, ModelHostOptions? options = null)
    {
        options ??= new ModelHostOptions();
        if (!Uri.TryCreate(options.Url, UriKind.Absolute, out var url) || !url.IsLoopback)
            throw new InvalidDataException($"The address {options.Url} is not one of the loopback interface: use {ModelHostOptions.AnyPort}.");

        var shared = new Stage(script, options);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(options.Url);
        builder.Services.Configure<KestrelServerOptions>(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = options.BodyLimit;
            kestrel.Limits.MaxConcurrentConnections = 1024;
        });
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(2));
        var built = builder.Build();
        shared.Stopping = built.Lifetime.ApplicationStopping;
        built.MapModels(shared);
        built.MapControl(shared);
        try
        {
            await built.StartAsync();
        }
        catch
        {
            await built.DisposeAsync();
            throw;
        }

        return new ModelHost(built, shared, options.Key);
    }

    /// <summary>Plays another script from its beginning; calls that already have their reply go on.</summary>
    public void Script(Script script) => stage.Replace(script);

    /// <summary>Appends a rule to the script.</summary>
    public void Add(Rule rule) => stage.Play.Add(rule);

    /// <summary>Waits until the process is told to end.</summary>
    public Task UntilStopped() => app.WaitForShutdownAsync();

    public async ValueTask DisposeAsync() => await app.DisposeAsync();
}
