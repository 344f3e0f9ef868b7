using System.Reflection;
using LoopBus.Contracts.Acts;
using LoopBus.Contracts.Execution;
using LoopBus.Testing;
using MassTransit;
using MassTransit.RabbitMqTransport;
using MassTransit.RabbitMqTransport.Configuration;
using MassTransit.Transports;
using Microsoft.Extensions.DependencyInjection;

namespace LoopBus.Hosting.Tests;

public sealed class When_nobody_is_told_that_the_connection_broke(BrokerFixture broker) : IClassFixture<BrokerFixture>
{
    [Fact]
    public async Task Should_hear_again()
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
        await Connections.Break(broker);
        await other.Bus.Say(new Request<ExecuteStep>(Steps.Step("deaf")), new AclParameters());

        await Eventually.True(() => heard.All.Any(acl => acl.Run == "deaf"), TimeSpan.FromSeconds(90), "the service hears again");
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
}
