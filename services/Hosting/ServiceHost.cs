using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using LoopBus.Hosting.Telemetry;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration.Memory;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;

namespace LoopBus.Hosting;

/// <summary>What every service's process has: configuration, logs, telemetry, the clock and health.</summary>
public static class ServiceHost
{
    private static readonly Dictionary<string, string?> Quiet = new()
    {
        ["Logging:LogLevel:Microsoft.AspNetCore"] = "Warning",
        ["Logging:LogLevel:Microsoft.EntityFrameworkCore.Database.Command"] = "Warning",
    };

    /// <summary>A web application builder for the service, on <c>http://127.0.0.1:port</c> unless ASPNETCORE_URLS or --urls says another.</summary>
    public static WebApplicationBuilder CreateBuilder(string[] args, string service, int port)
    {
        // Whatever the machine speaks: numbers and dates are written the same everywhere.
        CultureInfo.DefaultThreadCurrentCulture = CultureInfo.DefaultThreadCurrentUICulture = CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.InvariantCulture;

        // Patterns of schemas meet input from anyone: one that does not come to an end fails, and blocks nobody. Read when the first Regex is made.
        AppContext.SetData("REGEX_DEFAULT_MATCH_TIMEOUT", TimeSpan.FromSeconds(1));

        var builder = WebApplication.CreateBuilder(args);
        // First of the sources, so that a service's own settings stand over them.
        builder.Configuration.Sources.Insert(0, new MemoryConfigurationSource { InitialData = Quiet });
        if (string.IsNullOrEmpty(builder.Configuration[WebHostDefaults.ServerUrlsKey]))
            builder.WebHost.UseUrls($"http://127.0.0.1:{port}");

        builder.Logging.ClearProviders();
        builder.Logging.AddJsonConsole(console =>
        {
            console.IncludeScopes = true;
            console.UseUtcTimestamp = true;
            console.TimestampFormat = "O";
            console.JsonWriterOptions = new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
        });
        builder.Logging.Configure(factory =>
            factory.ActivityTrackingOptions = ActivityTrackingOptions.TraceId | ActivityTrackingOptions.SpanId);

        builder.Services.AddSingleton(new ServiceIdentity(service));
        builder.Services.TryAddSingleton(builder.Configuration["LoopBus:ClockOffsetFile"] is { Length: > 0 } file ? new MovedClock(file) : TimeProvider.System);
        builder.Services.AddHealthChecks();
        builder.Services.AddHostedService(_ => new TelemetryService(service, builder.Configuration));
        return builder;
    }

    /// <summary><c>/health/live</c> answers while the process does; <c>/health/ready</c> asks the bus and every registered check.</summary>
    public static void MapDefaults(this WebApplication app)
    {
        app.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false }).AllowAnonymous();
        // Degraded is an endpoint that does not consume: such a service is not ready, though its bus is connected.
        app.MapHealthChecks("/health/ready", new HealthCheckOptions
        {
            ResultStatusCodes = { [HealthStatus.Degraded] = StatusCodes.Status503ServiceUnavailable },
        }).AllowAnonymous();
    }
}
