using LoopBus.Contracts.Acts;
using LoopBus.Contracts.Execution;
using LoopBus.Testing;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;

namespace LoopBus.Hosting.Tests;

public sealed class When_an_endpoint_is_given_up(BrokerFixture broker) : IClassFixture<BrokerFixture>
{
    [Fact]
    public async Task Should_hear_again()
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

        await Connections.Break(broker);
        await other.Bus.Say(new Request<ExecuteStep>(Steps.Step("given-up")), new AclParameters());

        await Eventually.True(() => heard.All.Any(acl => acl.Run == "given-up"), TimeSpan.FromSeconds(120), "the service hears again");
        opened.ShouldBe(3);
    }
}
