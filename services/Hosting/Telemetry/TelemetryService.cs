using System.Diagnostics;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace LoopBus.Hosting.Telemetry;

/// <summary>Traces and metrics from the service's start to its end; exported where OTEL_EXPORTER_OTLP_ENDPOINT says. Elsewhere there are trace ids only, for the logs.</summary>
internal sealed class TelemetryService(string service, IConfiguration configuration) : IHostedLifecycleService, IDisposable
{
    private static readonly string[] Sources = ["MassTransit", "LoopBus", "LoopBus.*", "Microsoft.AspNetCore", "System.Net.Http", "Npgsql"];
    private static readonly string[] Meters = ["MassTransit", "LoopBus", "LoopBus.*", "Microsoft.AspNetCore.*", "System.Net.Http", "System.Runtime", "Npgsql"];

    private ActivityListener? _ids;
    private TracerProvider? _tracer;
    private MeterProvider? _meter;

    // Before the other hosted services start, so that nothing goes untraced.
    public Task StartingAsync(CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(configuration["OTEL_EXPORTER_OTLP_ENDPOINT"]))
        {
            _ids = new ActivityListener
            {
                ShouldListenTo = source => source.Name is "MassTransit" or "Microsoft.AspNetCore",
                // One for each message and web request; what happens inside it has nobody to tell.
                Sample = (ref activity) => activity.Source.Name != "MassTransit" || activity.Name.EndsWith(" receive", StringComparison.Ordinal)
                    ? ActivitySamplingResult.PropagationData
                    : ActivitySamplingResult.None,
            };
            ActivitySource.AddActivityListener(_ids);
            return Task.CompletedTask;
        }

        var resource = ResourceBuilder.CreateDefault().AddService(service, "LoopBus");
        _tracer = Sdk.CreateTracerProviderBuilder().SetResourceBuilder(resource).AddSource(Sources).AddOtlpExporter().Build();
        _meter = Sdk.CreateMeterProviderBuilder().SetResourceBuilder(resource).AddMeter(Meters).AddOtlpExporter().Build();
        return Task.CompletedTask;
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken)
    {
        Dispose();
        return Task.CompletedTask;
    }

    public void Dispose()
    {
        _ids?.Dispose();
        _tracer?.Dispose();
        _meter?.Dispose();
    }
}
