using System.Net;
using LoopBus.Testing;
using MassTransit;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace LoopBus.Hosting.Tests;

public sealed class When_a_service_starts(BrokerFixture broker) : IClassFixture<BrokerFixture>
{
    [Fact]
    public async Task Should_be_live_and_ready()
    {
        await using var service = await Start();
        using var client = new HttpClient { BaseAddress = service.Address };

        (await client.GetAsync("/health/live")).StatusCode.ShouldBe(HttpStatusCode.OK);
        await Eventually.True(
            async () => (await client.GetAsync("/health/ready")).StatusCode == HttpStatusCode.OK, TimeSpan.FromSeconds(30), "the service is ready");
    }

    [Fact]
    public async Task Should_be_live_but_not_ready_where_a_check_fails()
    {
        await using var service = await Start(builder => builder.Services.AddHealthChecks().AddCheck("database", () => HealthCheckResult.Unhealthy()));
        using var client = new HttpClient { BaseAddress = service.Address };

        (await client.GetAsync("/health/live")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await client.GetAsync("/health/ready")).StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
    }

    [Fact]
    public async Task Should_refuse_settings_that_cannot_work_and_name_them()
    {
        var builder = ServiceHost.CreateBuilder(["--urls", "http://127.0.0.1:0"], "executor", 0);
        builder.Configuration.AddInMemoryCollection([new("LoopBus:Broker:User", ""), new("LoopBus:Broker:DeliveryLimit", "0")]);
        builder.AddServiceBus(_ => { }, (_, _) => { });
        await using var app = builder.Build();

        var refused = await Should.ThrowAsync<OptionsValidationException>(() => app.StartAsync());

        refused.Message.ShouldContain("LoopBus__Broker__User");
        refused.Message.ShouldContain("LoopBus__Broker__DeliveryLimit");
    }

    [Fact]
    public void Should_listen_on_loopback_unless_told_otherwise()
    {
        var builder = ServiceHost.CreateBuilder([], "executor", 5083);

        builder.Configuration["urls"].ShouldBe("http://127.0.0.1:5083");
        ServiceHost.CreateBuilder(["--urls", "http://127.0.0.1:1"], "executor", 5083).Configuration["urls"].ShouldBe("http://127.0.0.1:1");
    }

    private Task<ServiceUnderTest> Start(Action<WebApplicationBuilder>? more = null) => ServiceUnderTest.Start(
        broker,
        "executor",
        bus => bus.AddConsumer<FailingConsumer>().Endpoint(endpoint => endpoint.Name = "executor"),
        builder =>
        {
            builder.Services.AddSingleton(new Heard<string>());
            more?.Invoke(builder);
        });
}
