using System.Net.Http.Headers;
using System.Reflection;
using System.Text;
using LoopBus.Contracts.Acts;
using LoopBus.Contracts.Execution;
using LoopBus.Testing;
using MassTransit;
using MassTransit.RabbitMqTransport;
using MassTransit.RabbitMqTransport.Configuration;
using MassTransit.Transports;
using Microsoft.Extensions.DependencyInjection;

namespace LoopBus.Hosting.Tests;

public sealed class When_the_connection_breaks(BrokerFixture broker) : IClassFixture<BrokerFixture>
{
    [Fact]
    public async Task Should_come_back_and_go_on()
    {
        var heard = new Heard<AclParameters>();
        await using var service = await ServiceUnderTest.Start(
            broker,
            "executor",
            bus => bus.AddConsumer<AnsweringConsumer>().Endpoint(endpoint => endpoint.Name = "executor"),
            builder => builder.Services.AddSingleton(heard));
        await broker.Bind("inform.step-result");
        await service.Bus.Say(new Request<ExecuteStep>(Steps.Step("before")), new AclParameters());
        await heard.One();

        await Break();
        await Eventually.True(
            async () =>
            {
                await service.Bus.Say(new Request<ExecuteStep>(Steps.Step("after")), new AclParameters());
                return true;
            },
            TimeSpan.FromSeconds(60),
            "the service says something again");

        await Eventually.True(() => heard.All.Any(acl => acl.Run == "after"), TimeSpan.FromSeconds(60), "the service hears again");
    }

    [Fact]
    public async Task Should_hear_again_where_nobody_was_told_of_the_break()
    {
        var heard = new Heard<AclParameters>();
        await using var service = await ServiceUnderTest.Start(
            broker,
            "executor",
            bus => bus.AddConsumer<AnsweringConsumer>().Endpoint(endpoint => endpoint.Name = "executor"),
            builder => builder.Services.AddSingleton(heard));
        await using var other = await ServiceUnderTest.Start(broker, "coordinator", _ => { });
        await broker.Bind("inform.step-result");

        await Deafen(service);
        await Break();
        await other.Bus.Say(new Request<ExecuteStep>(Steps.Step("deaf")), new AclParameters());

        await Eventually.True(() => heard.All.Any(acl => acl.Run == "deaf"), TimeSpan.FromSeconds(90), "the service hears again");
    }

    [Fact]
    public async Task Should_hear_again_where_its_endpoint_was_given_up()
    {
        var heard = new Heard<AclParameters>();
        var opened = 0;
        await using var service = await ServiceUnderTest.Start(
            broker,
            "executor",
            bus =>
            {
                bus.AddConsumer<AnsweringConsumer>().Endpoint(endpoint => endpoint.Name = "executor");
                bus.AddRabbitMqConfigureEndpointsCallback((_, _, endpoint) => endpoint.ConfigureChannel(channel => channel.UseExecute(_ =>
                {
                    if (Interlocked.Increment(ref opened) == 2)
                        throw new TaskCanceledException();
                })));
            },
            builder => builder.Services.AddSingleton(heard));
        await using var other = await ServiceUnderTest.Start(broker, "coordinator", _ => { });
        await broker.Bind("inform.step-result");

        await Break();
        await other.Bus.Say(new Request<ExecuteStep>(Steps.Step("given-up")), new AclParameters());

        await Eventually.True(() => heard.All.Any(acl => acl.Run == "given-up"), TimeSpan.FromSeconds(120), "the service hears again");
        opened.ShouldBe(3);
    }

    // A connection that dies while it opens has nobody to tell yet: its own event is made to have no listeners.
    private static Task Deafen(ServiceUnderTest service)
    {
        var host = (IRabbitMqHostConfiguration)service.Services.GetRequiredService<IBusInstance>().HostConfiguration;
        return host.ConnectionContextSupervisor.Send(
            Pipe.Execute<ConnectionContext>(context =>
            {
                var listeners = context.Connection.GetType().GetField("_connectionShutdownAsyncWrapper", BindingFlags.Instance | BindingFlags.NonPublic)!;
                listeners.SetValue(context.Connection, Activator.CreateInstance(listeners.FieldType));
            }),
            CancellationToken.None);
    }

    private async Task Break()
    {
        using var management = new HttpClient { BaseAddress = broker.Management };
        management.DefaultRequestHeaders.Authorization =
            new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{broker.User}:{broker.Password}")));
        var connections = await Eventually.Value(Connections, TimeSpan.FromSeconds(30), "the broker's statistics show the service's connection");
        foreach (var name in connections)
            (await management.DeleteAsync(new Uri($"/api/connections/{Uri.EscapeDataString(name)}", UriKind.Relative))).EnsureSuccessStatusCode();
    }

    private async Task<List<string>?> Connections()
    {
        var connections = await broker.Get($"/api/vhosts/{broker.VirtualHost}/connections");
        var names = connections.EnumerateArray()
            .Where(connection => connection.GetProperty("client_properties").TryGetProperty("connection_name", out var name) && name.GetString() == "executor")
            .Select(connection => connection.GetProperty("name").GetString()!)
            .ToList();
        return names.Count > 0 ? names : null;
    }
}
