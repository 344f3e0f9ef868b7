using System.Collections.Concurrent;
using System.Diagnostics;
using LoopBus.Contracts.Acts;
using LoopBus.Contracts.Execution;
using LoopBus.Testing;
using MassTransit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace LoopBus.Hosting.Tests;

public sealed class When_a_collector_is_configured(BrokerFixture broker) : IClassFixture<BrokerFixture>
{
    [Fact]
    public async Task Should_export_traces_and_metrics_at_the_latest_when_the_service_stops()
    {
        var exported = new ConcurrentDictionary<string, string>();
        await using var collector = await Collector(exported);
        Environment.SetEnvironmentVariable("OTEL_EXPORTER_OTLP_ENDPOINT", collector.Urls.First());
        Environment.SetEnvironmentVariable("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf");
        try
        {
            var heard = new Heard<AclParameters>();
            await using var service = await ServiceUnderTest.Start(
                broker,
                "executor",
                bus => bus.AddConsumer<AnsweringConsumer>().Endpoint(endpoint => endpoint.Name = "executor"),
                builder => builder.Services.AddSingleton(heard));
            await broker.Bind("inform.step-result");
            Activity.Current = null;

            await service.Bus.Say(new Request<ExecuteStep>(Steps.Step()), new AclParameters());
            await heard.One();
        }
        finally
        {
            Environment.SetEnvironmentVariable("OTEL_EXPORTER_OTLP_ENDPOINT", null);
            Environment.SetEnvironmentVariable("OTEL_EXPORTER_OTLP_PROTOCOL", null);
        }

        await Eventually.True(() => exported.Count == 2, TimeSpan.FromSeconds(30), "traces and metrics arrive");
        exported["/v1/traces"].ShouldContain("request.execute-step");
        exported["/v1/metrics"].ShouldContain("executor");
    }

    private static async Task<WebApplication> Collector(ConcurrentDictionary<string, string> exported)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var collector = builder.Build();
        collector.MapPost("/v1/{signal}", async (HttpRequest request) =>
        {
            using var body = new StreamReader(request.Body, System.Text.Encoding.Latin1);
            var text = await body.ReadToEndAsync();
            exported.AddOrUpdate(request.Path, text, (_, before) => before + text);
        });
        await collector.StartAsync();
        return collector;
    }
}
