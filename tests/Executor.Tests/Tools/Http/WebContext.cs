using System.Text.Json;
using LoopBus.Executor.Tools;
using LoopBus.Executor.Tools.Http;
using LoopBus.Hosting.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace LoopBus.Executor.Tests.Tools.Http;

/// <summary>A real server on loopback, which keeps what it heard, and the tool that is to reach it.</summary>
public sealed class WebContext : IAsyncLifetime
{
    private readonly WebApplication _server = Build();

    internal List<HttpRequest> Heard { get; } = [];

    public RequestDelegate Answer { get; set; } = context => context.Response.WriteAsync("hello");

    public Uri Address { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        _server.Run(context =>
        {
            Heard.Add(context.Request);
            return Answer(context);
        });
        await _server.StartAsync();
        Address = new Uri(_server.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
    }

    public async Task DisposeAsync() => await _server.DisposeAsync();

    internal WebOptions Allowing(params string[] hosts) => new() { AllowedHosts = hosts, AllowPrivate = true };

    internal WebOptions AllowingServer() => Allowing(Address.Authority);

    internal static async Task<JsonElement> Send(WebOptions options, object arguments)
    {
        using var web = new GuardedWeb(Options.Create(options));
        return await new HttpRequestTool(new HttpCaller(web, Options.Create(options))).Invoke(Call(arguments), CancellationToken.None);
    }

    internal static Task<ToolException> Refusal(WebOptions options, object arguments) =>
        Should.ThrowAsync<ToolException>(() => Send(options, arguments));

    internal static ToolCall Call(object arguments) => new("task-1", "step-1", "key-1", JsonSerializer.SerializeToElement(arguments));

    private static WebApplication Build()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        return builder.Build();
    }
}
