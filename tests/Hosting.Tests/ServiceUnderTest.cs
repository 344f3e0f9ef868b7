using LoopBus.Testing;
using MassTransit;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace LoopBus.Hosting.Tests;

/// <summary>A service on the test's broker, with the test's consumers and nothing else.</summary>
internal sealed class ServiceUnderTest : IAsyncDisposable
{
    private readonly WebApplication _app;

    private ServiceUnderTest(WebApplication app) => _app = app;

    public IBus Bus => _app.Services.GetRequiredService<IBus>();

    public IServiceProvider Services => _app.Services;

    public Uri Address => new(_app.Urls.First());

    public static async Task<ServiceUnderTest> Start(
        BrokerFixture broker,
        string name,
        Action<IBusRegistrationConfigurator> consumers,
        Action<WebApplicationBuilder>? more = null,
        Action<IBusRegistrationContext, IReceiveEndpointConfigurator>? unitOfWork = null,
        Func<IServiceProvider, Task>? before = null)
    {
        var builder = ServiceHost.CreateBuilder(["--urls", "http://127.0.0.1:0"], name, 0);
        builder.Configuration.AddInMemoryCollection(broker.Settings);
        builder.Configuration.AddInMemoryCollection([new("LoopBus:Broker:Retries", "2")]);
        builder.AddServiceBus(consumers, unitOfWork ?? ((_, _) => { }));
        more?.Invoke(builder);
        var app = builder.Build();
        app.MapDefaults();
        if (before is not null)
            await before(app.Services);
        await app.StartAsync();
        return new ServiceUnderTest(app);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }
}
